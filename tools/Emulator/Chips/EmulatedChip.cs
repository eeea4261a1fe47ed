using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.Engines;
using MicroFirmware.Emulator.Chips.RiscV;
using MicroFirmware.Emulator.Chips.Xtensa;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// A chip in software: its cores, its memory and its SHA engine at one timing point. The cores share memory and engine;
/// each has its own path to the bus. A core runs when <see cref="Run"/> is called for it and keeps its own count of
/// cycles. Not thread-safe: one thread at a time.
/// </summary>
public sealed class EmulatedChip
{
    private const int MemoryTailOctets = 16;

    private readonly Core[] _cores;
    private readonly Bus _bus = new();

    /// <summary>Makes a chip after reset: memory zero, engine idle.</summary>
    /// <param name="chip">Its description.</param>
    /// <param name="timing">Timing point; null for the chip's default.</param>
    /// <param name="noise">Disturbance from a seed; null for a quiet chip.</param>
    public EmulatedChip(Chip chip, TimingPoint? timing = null, ChipNoise? noise = null)
    {
        Description = chip;
        Timing = timing ?? chip.Sha.Timing.Default;
        _bus.Map(chip.Memory.IramBase, new Memory("IRAM", chip.Memory.IramBytes, wordsOnly: IsXtensa(chip)));
        _bus.Map(chip.Memory.DramBase, new Memory("DRAM", chip.Memory.DramBytes));
        _bus.Map(chip.Sha.Base, ShaPeripheral.Create(chip.Sha, Timing, Hazards).Registers);
        _cores = [.. Enumerable.Range(0, chip.Cores.Count).Select(index => MakeCore(index, noise))];
    }

    /// <summary>The chip's description.</summary>
    public Chip Description { get; }

    /// <summary>The timing point it runs at.</summary>
    public TimingPoint Timing { get; }

    /// <summary>Accesses that real hardware would punish.</summary>
    public HazardLog Hazards { get; } = new();

    /// <summary>Number of cores.</summary>
    public int CoreCount => _cores.Length;

    /// <summary>First address behind the data memory, 16-octet aligned: where a descending stack may start.</summary>
    public uint StackTop =>
        (Description.Memory.DramBase + (uint)Description.Memory.DramBytes - MemoryTailOctets) & ~15u;

    /// <summary>Register reads and writes of all cores since reset.</summary>
    public long RegisterAccesses => _bus.Reads + _bus.Writes;

    /// <summary>Cycles a core has run, its stalls included.</summary>
    public long Cycles(int core) => _cores[core].Cycle;

    /// <summary>Instructions a core has executed.</summary>
    public long Instructions(int core) => _cores[core].Retired;

    /// <summary>Address of the next instruction of a core.</summary>
    public uint ProgramCounter(int core) => _cores[core].Pc;

    /// <summary>True when the routine a core was called with has returned.</summary>
    public bool HasReturned(int core) => _cores[core].HasReturned;

    /// <summary>What the routine returned (first result register of the ABI).</summary>
    public uint Result(int core) => _cores[core].Result;

    /// <summary>Writes into memory, as a loader does.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Write(uint address, ReadOnlySpan<byte> octets) => _bus.Load(address, octets);

    /// <summary>Reads from memory, as a debugger does.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Read(uint address, Span<byte> octets) => _bus.Read(address, octets);

    /// <summary>Makes a core ready to run a routine; <see cref="Run"/> runs it.</summary>
    /// <param name="core">Number of the core.</param>
    /// <param name="entry">Address of the routine (RISC-V: ilp32; Xtensa: call0).</param>
    /// <param name="stack">Top of its stack, 16-octet aligned.</param>
    /// <param name="arguments">Up to six words.</param>
    public void Call(int core, uint entry, uint stack, params ReadOnlySpan<uint> arguments) =>
        _cores[core].Call(entry, stack, arguments);

    /// <summary>Runs a core for some cycles, or until its routine returns.</summary>
    /// <returns>True when the routine has returned.</returns>
    /// <exception cref="ChipFault">The program did what the chip does not do.</exception>
    public bool Run(int core, long cycles)
    {
        Core running = _cores[core];
        running.Run(running.Cycle + cycles);
        return running.HasReturned;
    }

    /// <summary>The instruction at an address, as text.</summary>
    public string Disassemble(uint address) => _cores[0].Disassemble(address);

    private static bool IsXtensa(Chip chip) => chip.Isa is Isa.XtensaLx6 or Isa.XtensaLx7;

    private Core MakeCore(int index, ChipNoise? noise)
    {
        BusTimer timer = new(Timing.WriteDrain, Timing.Read, noise?.ForBus(index));
        Core core = IsXtensa(Description) ? new XtensaCore(_bus, timer) : new RiscVCore(_bus, timer);
        core.SetNoise(noise?.ForCpu(index));
        return core;
    }
}
