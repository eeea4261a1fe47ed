namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>
/// What a core waits for on the peripheral bus. A write is posted: the core goes on, unless the write before it has not
/// arrived yet (depth 1). A read and a fence wait for the posted write; a read then holds the core until it is done.
/// </summary>
/// <param name="drainCycles">CPU cycles from issue to arrival of a write.</param>
/// <param name="readCycles">CPU cycles of a read.</param>
/// <param name="noise">Extra cycles per access, or null.</param>
internal sealed class BusTimer(int drainCycles, int readCycles, BusNoise? noise = null)
{
    private long _idleFrom;

    /// <summary>Posts a write at a cycle.</summary>
    /// <returns>The cycle at which the core goes on.</returns>
    public long Write(long cycle, out long arrival)
    {
        long start = Math.Max(cycle, _idleFrom);
        arrival = start + drainCycles + Extra();
        _idleFrom = arrival;
        return start;
    }

    /// <summary>Reads at a cycle.</summary>
    /// <returns>The cycle at which the value is sampled and the core goes on.</returns>
    public long Read(long cycle)
    {
        _idleFrom = Math.Max(cycle, _idleFrom) + readCycles + Extra();
        return _idleFrom;
    }

    /// <summary>Waits for the posted write.</summary>
    /// <returns>The cycle at which the core goes on.</returns>
    public long Fence(long cycle) => Math.Max(cycle, _idleFrom);

    private int Extra() => noise is null ? 0 : noise.Take();
}
