using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;

namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Goes round the devices that are online: lowers the share work of silent ones, and stores a share work that has
/// changed, so that a restart does not begin at the beginning.
/// </summary>
internal sealed class DevicePatrol(
    DeviceRegistry registry, GroupCommit store, ShareOptions options, GatewayClock clock) : IDisposable
{
    // Four rounds an interval notice silence soon enough; more often than four times a second nobody needs.
    private const int RoundsPerInterval = 4;
    private static readonly TimeSpan s_shortestRound = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestRound = TimeSpan.FromSeconds(10);

    // A change that is worth a write: by half, up or down.
    private const double WorthStoring = 1.5;

    private ITimer? _timer;
    private int _busy;

    public void Start()
    {
        TimeSpan round = options.Interval / RoundsPerInterval;
        round = round < s_shortestRound ? s_shortestRound : round > s_longestRound ? s_longestRound : round;
        _timer = clock.Source.CreateTimer(_ => Round(), null, round, round);
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>One round. Rounds do not overlap: one that takes too long lets the next fall out.</summary>
    public void Round()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            return;
        }

        foreach (Device device in registry.All())
        {
            if (device.Activity is not null)
            {
                Visit(device);
            }
        }

        Volatile.Write(ref _busy, 0);
    }

    private void Visit(Device device)
    {
        ulong work;
        lock (device)
        {
            DeviceActivity activity = device.Activity!;
            if (activity.IsOnline)
            {
                activity.ShareWork.Tick(options, clock.Now);
            }

            work = activity.ShareWork.Current;
            double change = (double)work / Math.Max(1, device.KnownShareWork);
            if (change is < WorthStoring and > 1 / WorthStoring || !store.HasRoom)
            {
                return;
            }

            device.KnownShareWork = work;
        }

        store.Append(new CommitSignal(w => w.SetShareWork.Bind(1, device.Number).Bind(2, (long)work).Run()));
    }
}
