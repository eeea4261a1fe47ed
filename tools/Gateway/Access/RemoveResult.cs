namespace MicroFirmware.Gateway.Access;

/// <summary>What became of the wish to remove a user.</summary>
internal enum RemoveResult
{
    /// <summary>Gone, and signed out everywhere.</summary>
    Removed,

    /// <summary>There is none of this name.</summary>
    Unknown,

    /// <summary>The last owner stays.</summary>
    LastOwner,
}
