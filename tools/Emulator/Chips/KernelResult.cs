namespace MicroFirmware.Emulator.Chips;

/// <summary>What <c>mf_scan</c> and <c>mf_selftest</c> return (hardware/kernels/mf_scan.h).</summary>
public enum KernelResult
{
    /// <summary>The whole range was scanned.</summary>
    Done = 0,

    /// <summary>It was told to stop.</summary>
    Stopped = 1,

    /// <summary>No room for another candidate.</summary>
    Full = 2,

    /// <summary>The threshold is above <see cref="KernelCore.MaxThreshold"/>.</summary>
    BadThreshold = -1,

    /// <summary>The scanner must not be used.</summary>
    SelftestFailed = -2,
}
