using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Shares;

/// <summary>The best share of the fleet of this day, UTC, as far as the gateway ran in it. Safe for use by many
/// threads.</summary>
internal sealed class DayBest
{
    private const long DayMs = 86_400_000;

    private readonly Lock _lock = new();
    private long _day;
    private UInt256? _hash;

    /// <summary>Sees the hash of a share that was credited.</summary>
    public void See(in UInt256 hash, long unixMs)
    {
        lock (_lock)
        {
            long day = unixMs / DayMs;
            if (day != _day || _hash is not { } best || hash < best)
            {
                (_day, _hash) = (day, hash);
            }
        }
    }

    /// <summary>Expected hashes that the day's best stands for; 0 for none yet.</summary>
    public ulong Work(long unixMs)
    {
        lock (_lock)
        {
            return unixMs / DayMs == _day && _hash is { } best ? Target.Work(best) : 0;
        }
    }
}
