using MicroFirmware.Protocol;

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

    /// <summary>What one share adds.</summary>
    public static DeviceTotals Of(VerdictCode code, ulong work, ulong bestWork) => code switch
    {
        VerdictCode.Accepted or VerdictCode.BlockFound =>
            new() { Accepted = 1, Work = work, BestWork = Math.Min(bestWork, long.MaxValue) },
        VerdictCode.Stale or VerdictCode.UnknownJob => new() { Stale = 1 },
        _ => new() { Invalid = 1 },
    };

    /// <summary>What came since these were others; the best is not among it.</summary>
    public readonly DeviceTotals Since(in DeviceTotals earlier) => new()
    {
        Accepted = Accepted - earlier.Accepted,
        Stale = Stale - earlier.Stale,
        Invalid = Invalid - earlier.Invalid,
        Work = Work - earlier.Work,
    };

    public void Add(in DeviceTotals other)
    {
        Accepted += other.Accepted;
        Stale += other.Stale;
        Invalid += other.Invalid;
        Work += other.Work;
        BestWork = Math.Max(BestWork, other.BestWork);
    }
}
