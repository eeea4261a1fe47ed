using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.Engines;
using MicroFirmware.Emulator.Chips.RiscV;
using MicroFirmware.Emulator.Chips.Xtensa;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// A chip in software: its cores, its memory and its SHA engine at one timing point. Data memory and engine are shared;
/// each core has its own path to the bus and, because scanners for two cores are linked at the same address, its own
/// code memory. A core runs when <see cref="Run"/> is called for it and keeps its own count of cycles. Not thread-safe:
/// one thread at a time.
/// </summary>
public sealed class EmulatedChip
{
    private readonly Core[] _cores;
    private readonly Memory _data;

    /// <summary>Makes a chip after reset: memory zero, engine idle.</summary>
    /// <param name="chip">Its description.</param>
    /// <param name="timing">Timing point; null for the chip's default.</param>
    /// <param name="noise">Disturbance from a seed; null for a quiet chip.</param>
    public EmulatedChip(Chip chip, TimingPoint? timing = null, ChipNoise? noise = null)
    {
        Description = chip;
        Timing = timing ?? chip.Sha.Timing.Default;
        _data = new Memory("DRAM", chip.Memory.DramBytes);
        RegisterMap engine = ShaPeripheral.Create(chip.Sha, Timing, Hazards).Registers;
        _cores = [.. Enumerable.Range(0, chip.Cores.Count).Select(index => MakeCore(index, engine, noise))];
    }

    /// <summary>The chip's description.</summary>
    public Chip Description { get; }

    /// <summary>The timing point it runs at.</summary>
    public TimingPoint Timing { get; }

    /// <summary>Accesses that real hardware would punish.</summary>
    public HazardLog Hazards { get; } = new();

    /// <summary>Register reads and writes of a core since reset.</summary>
    public long RegisterAccesses(int core) => _cores[core].Bus.Reads + _cores[core].Bus.Writes;

    /// <summary>Cycles a core has run, its stalls included.</summary>
    public long Cycles(int core) => _cores[core].Cycle;

    /// <summary>Instructions a core has executed.</summary>
    public long Instructions(int core) => _cores[core].Retired;

    /// <summary>Address of the next instruction of a core.</summary>
    public uint ProgramCounter(int core) => _cores[core].Pc;

    /// <summary>What the routine of a core returned (first result register of the ABI).</summary>
    public uint Result(int core) => _cores[core].Result;

    /// <summary>Writes into memory as a core sees it, as a loader does.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Write(int core, uint address, ReadOnlySpan<byte> octets) => _cores[core].Bus.Load(address, octets);

    /// <summary>Reads from memory as a core sees it, as a debugger does.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Read(int core, uint address, Span<byte> octets) => _cores[core].Bus.Read(address, octets);

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

    /// <summary>The instruction at an address of a core, as text.</summary>
    public string Disassemble(int core, uint address) => _cores[core].Disassemble(address);

    private Core MakeCore(int index, RegisterMap engine, ChipNoise? noise)
    {
        bool isXtensa = Description.Isa is Isa.XtensaLx6 or Isa.XtensaLx7;
        Bus bus = new();
        bus.Map(Description.Memory.IramBase, new Memory("IRAM", Description.Memory.IramBytes, wordsOnly: isXtensa));
        bus.Map(Description.Memory.DramBase, _data);
        bus.Map(Description.Sha.Base, engine);
        BusTimer timer = new(Timing.WriteDrain, Timing.Read, noise?.ForBus(index));
        Core core = isXtensa ? new XtensaCore(bus, timer) : new RiscVCore(bus, timer);
        core.SetNoise(noise?.ForCpu(index));
        return core;
    }
}
