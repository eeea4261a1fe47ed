using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Shares;

/// <summary>The whole fleet's shares since the gateway started, and the best of the day. Safe for use by many
/// threads.</summary>
internal sealed class FleetStatistics(Live<ShareOptions> options, GatewayClock clock)
{
    private static readonly int s_codes = Enum.GetValues<VerdictCode>().Length;

    private readonly long[] _verdicts = new long[s_codes];
    private readonly Lock _lock = new();
    private RateWindow _rate = new(options.Now.RateWindow, clock.Now);

    /// <summary>Shares with this verdict, re-sent ones not counted.</summary>
    public long this[VerdictCode code] => Interlocked.Read(ref _verdicts[(int)code]);

    /// <summary>Hashes a second that credited shares of the whole fleet prove.</summary>
    public double ProvenHashesPerSecond
    {
        get
        {
            lock (_lock)
            {
                return Rate(clock.Now).HashesPerSecond(clock.Now);
            }
        }
    }

    /// <summary>How many shares prove it.</summary>
    public int SharesInWindow
    {
        get
        {
            lock (_lock)
            {
                return Rate(clock.Now).Shares(clock.Now);
            }
        }
    }

    /// <summary>As many shares of one size as would prove it as well.</summary>
    public double ProvingShares
    {
        get
        {
            lock (_rate)
            {
                return _rate.ProvingShares(clock.Now);
            }
        }
    }

    /// <summary>The best share of the day.</summary>
    public DayBest Best { get; } = new();

    /// <summary>Reads the best share of the last day that had one.</summary>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public void Load(Database database)
    {
        using Statement row = database.Prepare("SELECT day, work FROM day_bests ORDER BY day DESC LIMIT 1");
        while (row.Read())
        {
            Best.Load(row.Int64(0), (ulong)row.Int64(1));
        }
    }

    /// <summary>Counts a verdict.</summary>
    public void Count(VerdictCode code) => Interlocked.Increment(ref _verdicts[(int)code]);

    /// <summary>Counts credited work.</summary>
    public void Credit(ulong work, TimeSpan now)
    {
        lock (_lock)
        {
            Rate(now).Add(work, now);
        }
    }

    /// <summary>The window that is set; under the lock.</summary>
    private RateWindow Rate(TimeSpan now)
    {
        TimeSpan length = options.Now.RateWindow;
        return _rate = _rate.Length == length ? _rate : _rate.Over(length, now);
    }
}
