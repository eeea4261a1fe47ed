namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>Stalls of a core at random times, from a seed: interrupts, cache misses, a preempting task.</summary>
internal sealed class CpuNoise
{
    private readonly Random _random;
    private readonly int _meanGapCycles;
    private readonly int _longestStallCycles;

    /// <param name="seed">Same seed, same stalls.</param>
    /// <param name="meanGapCycles">Cycles between stalls on average; at least 2.</param>
    /// <param name="longestStallCycles">A stall takes 1 to this many cycles.</param>
    public CpuNoise(int seed, int meanGapCycles, int longestStallCycles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(meanGapCycles, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestStallCycles, 1);
        _random = new Random(seed);
        _meanGapCycles = meanGapCycles;
        _longestStallCycles = longestStallCycles;
        NextCycle = Gap();
    }

    /// <summary>Cycle of the next stall.</summary>
    public long NextCycle { get; private set; }

    /// <summary>Length of the stall that is due at a cycle, or 0 when none is.</summary>
    public int Take(long cycle)
    {
        if (cycle < NextCycle)
        {
            return 0;
        }
        int stall = _random.Next(1, _longestStallCycles + 1);
        NextCycle = cycle + stall + Gap();
        return stall;
    }

    private int Gap() => _random.Next(1, (2 * _meanGapCycles) + 1);
}
