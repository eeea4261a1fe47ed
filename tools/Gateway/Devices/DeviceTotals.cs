namespace MicroFirmware.Gateway.Devices;

/// <summary>What a device has done since it was registered, as far as it is on the disk.</summary>
internal struct DeviceTotals
{
    /// <summary>Shares that were credited.</summary>
    public long Accepted;

    /// <summary>Shares that came too late: their job was over or forgotten.</summary>
    public long Stale;

    /// <summary>Shares that were wrong in themselves.</summary>
    public long Invalid;

    /// <summary>Credited work, in expected hashes.</summary>
    public ulong Work;

    /// <summary>Work that the best share's hash stands for, in expected hashes, at most 2^63 - 1.</summary>
    public ulong BestWork;

    public void Add(in DeviceTotals other)
    {
        Accepted += other.Accepted;
        Stale += other.Stale;
        Invalid += other.Invalid;
        Work += other.Work;
        BestWork = Math.Max(BestWork, other.BestWork);
    }
}
