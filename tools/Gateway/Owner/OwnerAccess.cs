namespace MicroFirmware.Gateway.Owner;

/// <summary>What a request to the owner's routes may do.</summary>
internal enum OwnerAccess
{
    /// <summary>Nothing: no token, or a wrong one.</summary>
    None,

    /// <summary>Nothing, until a minute has passed: too many wrong tokens from its address.</summary>
    TooManyFailures,

    /// <summary>Nothing: others could read the token on its way.</summary>
    NeedsTls,

    /// <summary>Enrol one board.</summary>
    Join,

    /// <summary>Everything.</summary>
    Owner,
}
