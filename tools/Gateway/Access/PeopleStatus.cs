namespace MicroFirmware.Gateway.Access;

/// <summary>What became of a wish about people and tokens.</summary>
internal enum PeopleStatus
{
    /// <summary>It is so, and on the disk.</summary>
    Done,

    /// <summary>There is none of this name or number.</summary>
    Unknown,

    /// <summary>The last owner stays.</summary>
    LastOwner,

    /// <summary>Who asks would give away more than they have.</summary>
    MoreThanOneHas,

    /// <summary>A token without a name or scope, or with one that is none, or with a life out of range.</summary>
    BadToken,

    /// <summary>There are too many, or nothing can be stored at the moment.</summary>
    NoRoom,
}
