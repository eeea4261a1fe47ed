using MicroFirmware.KernelForge.Code;

namespace MicroFirmware.KernelForge.Timing;

/// <summary>
/// Counts the cycles of a straight line by the rules of hardware/chips/README.md: an instruction takes one cycle, using
/// the result of the load before it one more; a posted write occupies the bus; reads and fences wait for it.
/// </summary>
internal sealed class IssueClock(int writeDrain, int read)
{
    private string? _loaded;

    /// <summary>Cycles so far.</summary>
    public long Cycle { get; private set; }

    /// <summary>From when on the bus is idle.</summary>
    public long BusIdle { get; private set; }

    /// <summary>True if an instruction would wait a cycle for the load before it.</summary>
    public bool Stalls(Instruction instruction) => instruction.Reads(_loaded);

    /// <summary>Cycles until an instruction has issued, the bus apart.</summary>
    public int Cost(Instruction instruction) => instruction.Cycles + (Stalls(instruction) ? 1 : 0);

    /// <summary>Issues an instruction.</summary>
    /// <returns>When an engine access arrives, or samples; otherwise the new cycle.</returns>
    public long Issue(Instruction instruction)
    {
        Cycle += Cost(instruction);
        _loaded = instruction.IsLoad ? instruction.Target : null;
        switch (instruction.Kind)
        {
            case InstructionKind.EngineWrite:
                Cycle = Math.Max(Cycle, BusIdle);
                BusIdle = Cycle + writeDrain;
                return BusIdle;
            case InstructionKind.EngineRead:
                Cycle = BusIdle = Math.Max(Cycle, BusIdle) + read;
                return Cycle;
            case InstructionKind.Fence:
                Cycle = Math.Max(Cycle, BusIdle);
                return Cycle;
            default:
                return Cycle;
        }
    }

    /// <summary>Lets cycles pass, as a branch back does.</summary>
    public void Pass(int cycles)
    {
        Cycle += cycles;
        _loaded = null;
    }
}
