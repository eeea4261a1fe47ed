namespace MicroFirmware.Gateway.Updates;

/// <summary>What became of a package.</summary>
internal enum PublishResult
{
    /// <summary>Boards are offered it from now on.</summary>
    Published,

    /// <summary>It is no package, or not whole.</summary>
    NoPackage,

    /// <summary>Its release is not greater than the one that is offered.</summary>
    OldRelease,
}
