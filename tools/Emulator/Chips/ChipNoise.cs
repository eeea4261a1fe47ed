using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// Disturbance of a chip, from a seed: cores that stall as under interrupts and cache misses, bus accesses that take
/// longer. The same seed gives the same run.
/// </summary>
/// <param name="Seed">Any number; printed by tests so that a failing run can be repeated.</param>
/// <param name="CpuGapCycles">Cycles between stalls of a core on average; 0 for none.</param>
/// <param name="CpuStallCycles">A stall takes 1 to this many cycles.</param>
/// <param name="BusAccesses">One bus access in this many is delayed; 0 for none.</param>
/// <param name="BusDelayCycles">A delay takes 1 to this many cycles.</param>
public sealed record ChipNoise(int Seed, int CpuGapCycles, int CpuStallCycles, int BusAccesses, int BusDelayCycles)
{
    private const int BusStream = 1000;

    /// <summary>
    /// A busy system: a stall every 500 cycles of up to 200, one access in 20 late by up to 8 cycles.
    /// </summary>
    public static ChipNoise Busy(int seed) => new(seed, 500, 200, 20, 8);

    internal CpuNoise? ForCpu(int core) =>
        CpuGapCycles == 0 ? null : new CpuNoise(Seed + core, CpuGapCycles, CpuStallCycles);

    internal BusNoise? ForBus(int core) =>
        BusAccesses == 0 ? null : new BusNoise(Seed + BusStream + core, BusAccesses, BusDelayCycles);
}
