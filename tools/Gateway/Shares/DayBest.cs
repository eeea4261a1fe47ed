using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Shares;

/// <summary>The best share of the fleet of this day, UTC. Safe for use by many threads.</summary>
internal sealed class DayBest
{
    private const long DayMs = 86_400_000;

    private readonly Lock _lock = new();
    private long _day;
    private UInt256? _hash;
    private ulong _work;

    /// <summary>Told of every day's best as soon as it is one: the day since 1970 UTC, expected hashes. That is a few
    /// times an hour at most; must not wait.</summary>
    public event Action<long, ulong>? Improved;

    /// <summary>Takes the best that an earlier run of this gateway saw on a day.</summary>
    public void Load(long day, ulong work)
    {
        lock (_lock)
        {
            (_day, _hash, _work) = (day, null, work);
        }
    }

    /// <summary>Sees the hash of a share that was credited.</summary>
    public void See(in UInt256 hash, long unixMs)
    {
        lock (_lock)
        {
            long day = unixMs / DayMs;
            if (day != _day)
            {
                (_day, _hash, _work) = (day, null, 0);
            }

            if (_hash is { } best && hash >= best)
            {
                return;
            }

            _hash = hash;
            ulong work = Target.Work(hash);
            if (work > _work)
            {
                _work = work;
                Improved?.Invoke(day, work);
            }
        }
    }

    /// <summary>Expected hashes that the day's best stands for; 0 for none yet.</summary>
    public ulong Work(long unixMs)
    {
        lock (_lock)
        {
            return unixMs / DayMs == _day ? _work : 0;
        }
    }
}
