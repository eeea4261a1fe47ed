using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;

namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Goes round the devices that are online: lowers the share work of silent ones, and stores a share work that has
/// changed, so that a restart does not begin at the beginning. Time in which the gateway itself stood still is nobody's
/// silence.
/// </summary>
internal sealed class DevicePatrol(
    DeviceRegistry registry, GroupCommit store, Live<ShareOptions> options, GatewayClock clock) : IDisposable
{
    // Four rounds an interval notice silence soon enough; more often than four times a second nobody needs.
    private const int RoundsPerInterval = 4;
    private static readonly TimeSpan s_shortestRound = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestRound = TimeSpan.FromSeconds(10);

    // A change that is worth a write: by half, up or down.
    private const double WorthStoring = 1.5;

    private TimeSpan _last = clock.Now;
    private ITimer? _timer;
    private int _busy;

    /// <summary>Time between two rounds.</summary>
    private TimeSpan Interval => Clamp(options.Now.Interval / RoundsPerInterval);

    public void Start()
    {
        _timer = clock.Source.CreateTimer(_ => Round(), null, Interval, Interval);
        options.Changed += Retime;
    }

    public void Dispose()
    {
        options.Changed -= Retime;
        _timer?.Dispose();
    }

    /// <summary>One round. Rounds do not overlap: one that takes too long lets the next fall out.</summary>
    public void Round()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            return;
        }

        // A round late by a whole round was held up, and so were the shares that came meanwhile.
        TimeSpan now = clock.Now;
        TimeSpan interval = Interval;
        TimeSpan late = now - _last - interval;
        TimeSpan stoodStill = late > interval ? late : TimeSpan.Zero;
        _last = now;
        foreach (Device device in registry.All())
        {
            if (device.Activity is not null)
            {
                Visit(device, stoodStill, now);
            }
        }

        Volatile.Write(ref _busy, 0);
    }

    private static TimeSpan Clamp(TimeSpan round) =>
        round < s_shortestRound ? s_shortestRound : round > s_longestRound ? s_longestRound : round;

    private void Retime(ShareOptions shares) => _timer?.Change(Interval, Interval);

    private void Visit(Device device, TimeSpan stoodStill, TimeSpan now)
    {
        ulong work;
        lock (device)
        {
            DeviceActivity activity = device.Awake(options.Now, now);
            activity.ShareWork.Skip(stoodStill, now);
            if (activity.IsOnline)
            {
                activity.ShareWork.Tick(options.Now, now);
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
