namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>Extra cycles of a bus access now and then, from a seed: other masters, clock-domain crossings.</summary>
/// <param name="seed">Same seed, same delays.</param>
/// <param name="meanAccesses">One access in this many is delayed; at least 1.</param>
/// <param name="longestCycles">A delay takes 1 to this many cycles; at least 1.</param>
internal sealed class BusNoise(int seed, int meanAccesses, int longestCycles)
{
    private readonly Random _random = new(seed);

    /// <summary>Delay of the next access, usually 0.</summary>
    public int Take() => _random.Next(meanAccesses) == 0 ? _random.Next(1, longestCycles + 1) : 0;
}
