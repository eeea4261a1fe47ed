using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>What is known of a device that was seen since the gateway started. Guarded by its device's lock.</summary>
internal sealed class DeviceActivity(ShareOptions options, ulong knownShareWork, TimeSpan now)
{
    private RateWindow _rate = new(options.RateWindow, now);
    private int[]? _verdicts;

    /// <summary>Its share work.</summary>
    public ShareWork ShareWork = new(options, knownShareWork, now);

    /// <summary>Its device's totals when they were last read for the time series.</summary>
    public DeviceTotals Sampled;

    /// <summary>The lowest hash of its shares since the gateway started.</summary>
    public UInt256 BestHash { get; set; } = Target.FromWork(1);

    /// <summary>Whether it is connected to the broker.</summary>
    public bool IsOnline => OnlineSince is not null;

    /// <summary>Since when it is connected, on the gateway's clock; null while it is not.</summary>
    public TimeSpan? OnlineSince { get; private set; }

    /// <summary>When it first got work since the gateway started; null before.</summary>
    public TimeSpan? FirstWork { get; set; }

    /// <summary>When its first share since the gateway started was credited; null before.</summary>
    public TimeSpan? FirstShare { get; private set; }

    /// <summary>When its last share was credited; null where none was since the gateway started.</summary>
    public TimeSpan? LastShare { get; private set; }

    /// <summary>The program a Stratum miner says it is; null for a board, and where it does not say.</summary>
    public string? Agent { get; set; }

    /// <summary>Stratum connections that it has open: a board has none.</summary>
    public int Connections { get; set; }

    /// <summary>The last share or request, on the gateway's clock.</summary>
    public TimeSpan LastSeen { get; set; } = now;

    /// <summary>What it last said about itself; null before the first telemetry.</summary>
    public Telemetry? Telemetry { get; set; }

    /// <summary>Takes up another span for its rate.</summary>
    public void Follow(ShareOptions shares, TimeSpan at)
    {
        if (_rate.Length != shares.RateWindow)
        {
            _rate = _rate.Over(shares.RateWindow, at);
        }
    }

    /// <summary>It has connected, or gone.</summary>
    public void SetOnline(bool online, TimeSpan at) => OnlineSince = online ? OnlineSince ?? at : null;

    /// <summary>Counts a verdict that is on the disk.</summary>
    public void Count(VerdictCode code) => (_verdicts ??= new int[(int)VerdictCode.Malformed + 1])[(int)code]++;

    /// <summary>Verdicts of this kind since the gateway started.</summary>
    public int CountOf(VerdictCode code) => _verdicts?[(int)code] ?? 0;

    /// <summary>Counts work that is on the disk.</summary>
    public void Credit(ulong work, TimeSpan at)
    {
        _rate.Add(work, at);
        FirstShare ??= at;
        LastShare = at;
    }

    /// <summary>Credited shares in the rate window.</summary>
    public int SharesInWindow(TimeSpan at) => _rate.Shares(at);

    /// <summary>As many shares of one size as would prove its rate as well.</summary>
    public double ProvingShares(TimeSpan at) => _rate.ProvingShares(at);

    /// <summary>Hashes a second that credited shares prove.</summary>
    public double ProvenHashesPerSecond(TimeSpan at) => _rate.HashesPerSecond(at);
}
