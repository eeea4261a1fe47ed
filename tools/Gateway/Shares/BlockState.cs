namespace MicroFirmware.Gateway.Shares;

/// <summary>Where a solved block stands. The numbers are in the store.</summary>
public enum BlockState
{
    /// <summary>It is on the disk and not yet known to have arrived.</summary>
    Stored = 0,

    /// <summary>The upstream took it.</summary>
    Accepted = 1,

    /// <summary>The upstream refused it, or another block was first.</summary>
    Rejected = 2,
}
