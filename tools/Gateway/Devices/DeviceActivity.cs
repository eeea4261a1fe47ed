using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>What is known of a device that was seen since the gateway started. Guarded by its device's lock.</summary>
internal sealed class DeviceActivity(ShareOptions options, ulong knownShareWork, TimeSpan now)
{
    private readonly RateWindow _rate = new(options.RateWindow, now);

    /// <summary>Its share work.</summary>
    public ShareWork ShareWork = new(options, knownShareWork, now);

    /// <summary>The lowest hash of its shares since the gateway started.</summary>
    public UInt256 BestHash { get; set; } = Target.FromWork(1);

    /// <summary>Whether it is connected to the broker.</summary>
    public bool IsOnline { get; set; }

    /// <summary>Stratum connections that it has open: a board has none.</summary>
    public int Connections { get; set; }

    /// <summary>The last share or request, on the gateway's clock.</summary>
    public TimeSpan LastSeen { get; set; } = now;

    /// <summary>What it last said about itself; null before the first telemetry.</summary>
    public Telemetry? Telemetry { get; set; }

    /// <summary>Counts work that is on the disk.</summary>
    public void Credit(ulong work, TimeSpan at) => _rate.Add(work, at);

    /// <summary>Credited shares in the rate window.</summary>
    public int SharesInWindow(TimeSpan at) => _rate.Shares(at);

    /// <summary>Hashes a second that credited shares prove.</summary>
    public double ProvenHashesPerSecond(TimeSpan at) => _rate.HashesPerSecond(at);
}
