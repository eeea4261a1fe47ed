namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// The emulated program did something that the chip does not do: an unknown instruction, an address where nothing is,
/// an access the hardware refuses. The core stands at the faulting instruction.
/// </summary>
public sealed class ChipFault : Exception
{
    internal ChipFault(string reason, uint pc, long cycle, string disassembly)
        : base($"{reason} at pc 0x{pc:x8}, cycle {cycle}: {disassembly}")
    {
        Reason = reason;
        Pc = pc;
        Cycle = cycle;
        Disassembly = disassembly;
    }

    /// <summary>What went wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Address of the faulting instruction.</summary>
    public uint Pc { get; }

    /// <summary>Core cycle at which it was executed.</summary>
    public long Cycle { get; }

    /// <summary>The faulting instruction, disassembled.</summary>
    public string Disassembly { get; }
}
