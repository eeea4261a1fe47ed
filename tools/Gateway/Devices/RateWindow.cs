namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Credited work over a sliding window: what a hash rate is proven by. Not safe for use by several threads at once.
/// </summary>
/// <param name="length">The window.</param>
/// <param name="started">When counting starts; until the window is full the rate is taken since then.</param>
internal sealed class RateWindow(TimeSpan length, TimeSpan started)
{
    private const int Slots = 20;

    private readonly ulong[] _slots = new ulong[Slots];
    private readonly TimeSpan _slot = length / Slots;
    private long _newest = started.Ticks / (length.Ticks / Slots);

    /// <summary>Adds credited work, in expected hashes.</summary>
    public void Add(ulong work, TimeSpan now)
    {
        Advance(now);
        _slots[_newest % Slots] += work;
    }

    /// <summary>Proven hashes a second. 0 before any time has passed.</summary>
    public double HashesPerSecond(TimeSpan now)
    {
        Advance(now);
        double work = 0;
        foreach (ulong slot in _slots)
        {
            work += slot;
        }

        TimeSpan oldest = TimeSpan.FromTicks((_newest - Slots + 1) * _slot.Ticks);
        TimeSpan covered = now - (started > oldest ? started : oldest);
        return covered <= TimeSpan.Zero ? 0 : work / covered.TotalSeconds;
    }

    private void Advance(TimeSpan now)
    {
        long slot = now.Ticks / _slot.Ticks;
        for (long i = Math.Max(_newest + 1, slot - Slots + 1); i <= slot; i++)
        {
            _slots[i % Slots] = 0;
        }

        _newest = Math.Max(_newest, slot);
    }
}
