using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// The share work of one device ("vardiff"): how many hashes a share shall take, so that one comes per
/// <see cref="ShareOptions.Interval"/>. It follows the device's own credited work over time, newer evidence weighing
/// more, and moves in both directions without shares too: <see cref="Tick"/> lowers it for a silent device. Times are
/// spans on any clock that never goes back.
/// </summary>
internal struct ShareWork
{
    // The memory: sixteen shares' worth of time know a rate to a quarter.
    private const int MemoryIntervals = 16;

    // Shares that must speak for a higher work; four know a rate to a half, which is close enough to start with.
    private const double QuickStartShares = 4;

    // Below this factor a change is noise, and not worth a board's attention.
    private const double Hysteresis = 1.3;

    // A board that empties its queue after a reconnect looks fast; this bounds what that can do.
    private const double MaxStepUp = 16;

    // A silent device is given two intervals before its work is lowered, and again after each step down.
    private const int SilentIntervals = 2;

    // At its old speed a device is silent for this long in one gap of 150: it has become slower, its past is void.
    private const int ChangedIntervals = 5;

    private TimeSpan _seen;
    private TimeSpan _changed;
    private TimeSpan _quietSince;
    private ulong _assigned;
    private ulong _mostAssigned;
    private double _seconds;
    private double _hashes;
    private double _shares;

    /// <summary>Starts at a work known from before, or at the options' start.</summary>
    public ShareWork(ShareOptions options, ulong known, TimeSpan now)
    {
        Current = Math.Clamp(known == 0 ? options.StartWork : known, options.MinWork, options.MaxWork);
        (_seen, _changed, _quietSince) = (now, now, now);
        (_assigned, _mostAssigned) = (Current, Current);
    }

    /// <summary>Expected hashes of the next share that is assigned.</summary>
    public ulong Current { get; private set; }

    /// <summary>Whether enough shares have come to know the device's speed.</summary>
    public readonly bool IsSettled => _shares >= QuickStartShares;

    /// <summary>Begins anew when a device comes back: the time it was away says nothing about its speed.</summary>
    public void Resume(TimeSpan now)
    {
        (_seen, _changed, _quietSince) = (now, now, now);
        (_seconds, _hashes, _shares) = (0, 0, 0);
    }

    /// <summary>The device is given work: from now on its silence speaks of this share work.</summary>
    public ulong Assign()
    {
        _assigned = Current;
        _mostAssigned = Math.Max(_mostAssigned, _assigned);
        return _assigned;
    }

    /// <summary>
    /// Forgets a span just over in which nothing could be heard: the gateway stood still, not the device.
    /// </summary>
    public void Skip(TimeSpan span, TimeSpan now)
    {
        _seen = Earlier(_seen + span, now);
        _changed = Earlier(_changed + span, now);
        _quietSince = Earlier(_quietSince + span, now);
    }

    /// <summary>Takes one valid share into account, at the moment it comes.</summary>
    /// <returns>True when <see cref="Current"/> changed.</returns>
    public bool Credit(ShareOptions options, ulong work, TimeSpan now)
    {
        Age(options, now);
        (_quietSince, _mostAssigned) = (now, _assigned);
        _hashes += work;
        _shares++;

        // At the moment of a share the shares before it tell the rate: counting this one too would tell it too high.
        double ideal = (_hashes - work) / Math.Max(_seconds, 1e-3) * options.Interval.TotalSeconds;
        if (ideal > Current * Hysteresis && _shares >= QuickStartShares)
        {
            return Change(options, Math.Min(ideal, Current * MaxStepUp), now);
        }

        return Rested(options, now) && Lower(options, _hashes / _seconds, now);
    }

    /// <summary>
    /// Lowers the work of a device from which too little has come. For connected devices, once a second or so.
    /// </summary>
    /// <returns>True when <see cref="Current"/> changed.</returns>
    public bool Tick(ShareOptions options, TimeSpan now)
    {
        Age(options, now);
        if (!Rested(options, now))
        {
            return false;
        }

        // As if a share came this very moment: the most that the silence so far allows. A device that has not fetched
        // work since is silent at the work it has, not at the work it would get.
        TimeSpan silence = now - _quietSince;
        if (silence < options.Interval * ChangedIntervals)
        {
            return Lower(options, (_hashes + _mostAssigned) / _seconds, now);
        }

        double allowed = _mostAssigned / silence.TotalSeconds;
        (_seconds, _hashes, _shares) = (0, 0, 0);
        (_quietSince, _mostAssigned) = (now, _assigned);
        return Lower(options, allowed, now);
    }

    private bool Lower(ShareOptions options, double hashesPerSecond, TimeSpan now)
    {
        double ideal = hashesPerSecond * options.Interval.TotalSeconds;
        return ideal < Current / Hysteresis && Change(options, ideal, now);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private readonly bool Rested(ShareOptions options, TimeSpan now) =>
        now - _changed >= options.Interval * SilentIntervals;

    private bool Change(ShareOptions options, double ideal, TimeSpan now)
    {
        ulong before = Current;
        Current = (ulong)Math.Clamp(ideal, options.MinWork, options.MaxWork);
        _changed = now;
        return Current != before;
    }

    private void Age(ShareOptions options, TimeSpan now)
    {
        double memory = options.Interval.TotalSeconds * MemoryIntervals;
        double keep = Math.Exp(-(now - _seen).TotalSeconds / memory);
        _seconds = (_seconds * keep) + ((1 - keep) * memory);
        _hashes *= keep;
        _shares *= keep;
        _seen = now;
    }
}
