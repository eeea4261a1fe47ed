namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Credited work over a sliding window: what a hash rate is proven by. It knows its sums, exactly: pages ask for those
/// of every board once a second. Not safe for use by several threads at once.
/// </summary>
/// <param name="length">The window.</param>
/// <param name="started">When counting starts; until the window is full the rate is taken since then.</param>
internal sealed class RateWindow(TimeSpan length, TimeSpan started)
{
    private const int Slots = 20;

    private readonly Sum[] _slots = new Sum[Slots];
    private readonly long _slotTicks = Math.Max(1, length.Ticks / Slots);
    private Sum _all;
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
    public void Add(ulong work, TimeSpan now) => Add(new Sum(1, work, (UInt128)work * work), now);

    /// <summary>Credited shares in the window.</summary>
    public int Shares(TimeSpan now)
    {
        Advance(now);
        return _all.Shares;
    }

    /// <summary>As many shares of one size as would prove the rate as well: n of them prove it to 1 / sqrt(n). Few
    /// large shares among many small ones prove no more than the few.</summary>
    public double ProvingShares(TimeSpan now)
    {
        Advance(now);
        double work = _all.Work;
        return _all.Squares == 0 ? 0 : work * work / (double)_all.Squares;
    }

    /// <summary>Proven hashes a second. 0 before any time has passed.</summary>
    public double HashesPerSecond(TimeSpan now)
    {
        Advance(now);
        TimeSpan oldest = TimeSpan.FromTicks((_newest - Slots + 1) * _slotTicks);
        TimeSpan covered = now - (started > oldest ? started : oldest);
        return covered <= TimeSpan.Zero ? 0 : _all.Work / covered.TotalSeconds;
    }

    private void Add(in Sum more, TimeSpan now)
    {
        Advance(now);
        _slots[_newest % Slots] = _slots[_newest % Slots].With(more);
        _all = _all.With(more);
    }

    private void Advance(TimeSpan now)
    {
        long slot = now.Ticks / _slotTicks;
        for (long i = Math.Max(_newest + 1, slot - Slots + 1); i <= slot; i++)
        {
            _all = _all.Without(_slots[i % Slots]);
            _slots[i % Slots] = default;
        }

        _newest = Math.Max(_newest, slot);
    }

    /// <summary>Shares, their work, and the squares of each one's work.</summary>
    private readonly record struct Sum(int Shares, ulong Work, UInt128 Squares)
    {
        public Sum With(in Sum other) =>
            new(Shares + other.Shares, Work + other.Work, Squares + other.Squares);

        public Sum Without(in Sum other) =>
            new(Shares - other.Shares, Work - other.Work, Squares - other.Squares);
    }
}
