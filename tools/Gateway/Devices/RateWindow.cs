namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Credited work over a sliding window: what a hash rate is proven by. It knows its sums: pages ask for those of every
/// board once a second. Not safe for use by several threads at once.
/// </summary>
/// <param name="length">The window.</param>
/// <param name="started">When counting starts; until the window is full the rate is taken since then.</param>
internal sealed class RateWindow(TimeSpan length, TimeSpan started)
{
    private const int Slots = 20;

    private readonly (ulong Work, int Shares)[] _slots = new (ulong, int)[Slots];
    private readonly long _slotTicks = Math.Max(1, length.Ticks / Slots);
    private ulong _work;
    private int _shares;
    private long _newest = started.Ticks / Math.Max(1, length.Ticks / Slots);

    /// <summary>The window.</summary>
    public TimeSpan Length => length;

    /// <summary>The same work over another window: of a longer one the beginning is not known, so it begins where this
    /// one did.</summary>
    public RateWindow Over(TimeSpan other, TimeSpan now)
    {
        Advance(now);
        TimeSpan oldest = TimeSpan.FromTicks(Math.Max(0, _newest - Slots + 1) * _slotTicks);
        TimeSpan begin = started > oldest ? started : oldest;
        RateWindow window = new(other, begin);
        for (long slot = Math.Max(0, _newest - Slots + 1); slot <= _newest; slot++)
        {
            TimeSpan at = TimeSpan.FromTicks(slot * _slotTicks);
            window.Add(_slots[slot % Slots], at > begin ? at : begin);
        }

        return window;
    }

    /// <summary>Adds a credited share's work, in expected hashes.</summary>
    public void Add(ulong work, TimeSpan now) => Add((work, 1), now);

    /// <summary>Credited shares in the window.</summary>
    public int Shares(TimeSpan now)
    {
        Advance(now);
        return _shares;
    }

    /// <summary>Proven hashes a second. 0 before any time has passed.</summary>
    public double HashesPerSecond(TimeSpan now)
    {
        Advance(now);
        TimeSpan oldest = TimeSpan.FromTicks((_newest - Slots + 1) * _slotTicks);
        TimeSpan covered = now - (started > oldest ? started : oldest);
        return covered <= TimeSpan.Zero ? 0 : _work / covered.TotalSeconds;
    }

    private void Add((ulong Work, int Shares) more, TimeSpan now)
    {
        Advance(now);
        ref (ulong Work, int Shares) slot = ref _slots[_newest % Slots];
        slot.Work += more.Work;
        slot.Shares += more.Shares;
        _work += more.Work;
        _shares += more.Shares;
    }

    private void Advance(TimeSpan now)
    {
        long slot = now.Ticks / _slotTicks;
        for (long i = Math.Max(_newest + 1, slot - Slots + 1); i <= slot; i++)
        {
            ref (ulong Work, int Shares) past = ref _slots[i % Slots];
            _work -= past.Work;
            _shares -= past.Shares;
            past = default;
        }

        _newest = Math.Max(_newest, slot);
    }
}
