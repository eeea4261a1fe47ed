using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MicroFirmware.Emulator.Chips.Buses;

namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// A processor core: registers, program counter, cycle counter, and the loop that runs decoded instructions. What an
/// instruction means is in the table of the derived core.
/// <para>
/// Cycle model: 1 cycle an instruction, 1 more when it uses what the instruction before it loaded, 2 more for a taken
/// branch; what the bus adds is in <see cref="BusTimer"/>. Multiplication and division take one cycle too: the kernels
/// use neither.
/// </para>
/// </summary>
internal abstract unsafe partial class Core
{
    /// <summary>Extra cycles of a taken branch, jump, call or return.</summary>
    public const int TakenBranchCycles = 2;

    /// <summary>Extra cycles of an instruction that uses what the one before it loaded.</summary>
    public const int LoadUseCycles = 1;

    /// <summary>A routine called by <see cref="Call"/> returns here; nothing is mapped at it.</summary>
    public const uint ReturnAddress = 0xffff_fff0;

    private const int RegisterFileSize = 256;

    private readonly uint[] _registers = new uint[RegisterFileSize];
    private readonly int _pageShift;
    private Op[] _ops = [];
    private uint _pageStart;
    private CpuNoise? _noise;

    protected Core(InstructionSet set, Bus bus, BusTimer timer)
    {
        Set = set;
        Bus = bus;
        Timer = timer;
        _pageShift = set.CodeShift;
    }

    /// <summary>The instruction table.</summary>
    public InstructionSet Set { get; }

    public Bus Bus { get; }

    public BusTimer Timer { get; }

    /// <summary>Address of the next instruction.</summary>
    public uint Pc { get; set; }

    /// <summary>Cycles since reset, stalls included.</summary>
    public long Cycle { get; set; }

    /// <summary>Instructions executed since reset.</summary>
    public long Retired { get; private set; }

    /// <summary>True when the routine that was called has returned.</summary>
    public bool HasReturned { get; private set; }

    /// <summary>What a routine returned: the first result register of the ABI.</summary>
    public abstract uint Result { get; }

    /// <summary>
    /// Called by the instruction that asks the environment (ecall, syscall); without one it is a fault.
    /// </summary>
    public Action<Core>? EnvironmentCall { get; set; }

    /// <summary>
    /// A register; the index is an octet and the file has 256 entries, so that no bound needs checking.
    /// </summary>
    public ref uint this[byte register]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_registers), register);
    }

    /// <summary>Stalls the core now and then, as interrupts and cache misses do; null for a quiet core.</summary>
    public void SetNoise(CpuNoise? noise) => _noise = noise;

    /// <summary>Prepares a call: arguments and stack pointer in the ABI's registers, return to nowhere.</summary>
    /// <param name="entry">Address of the routine.</param>
    /// <param name="stack">Stack pointer: top of a descending stack, 16-octet aligned.</param>
    /// <param name="arguments">Up to six words.</param>
    public void Call(uint entry, uint stack, params ReadOnlySpan<uint> arguments)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, 6);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stack & 15, 0u);
        PassArguments(stack, arguments);
        Pc = entry;
        HasReturned = false;
    }

    /// <summary>Runs until the cycle counter reaches <paramref name="untilCycle"/> or the routine returns.</summary>
    /// <exception cref="ChipFault">The program did what the chip does not do.</exception>
    public void Run(long untilCycle)
    {
        while (Cycle < untilCycle && !HasReturned)
        {
            if (_noise is null)
            {
                Execute(untilCycle);
                continue;
            }
            Execute(Math.Min(untilCycle, _noise.NextCycle));
            Cycle += _noise.Take(Cycle);
        }
    }

    /// <summary>Ends the run as if the routine had returned; for an environment call that means "exit".</summary>
    public void Stop()
    {
        HasReturned = true;
        Pc = ReturnAddress;
    }

    /// <summary>The instruction at an address, as text.</summary>
    public string Disassemble(uint pc) =>
        Bus.TryFetch(pc, out uint word) ? Set.Disassemble(word, pc) : "nothing is mapped here";

    /// <summary>The fault of the instruction that is being executed.</summary>
    public ChipFault Fault(ref Op op, string reason)
    {
        Pc -= op.Length;
        return new ChipFault(reason, Pc, Cycle, Disassemble(Pc));
    }

    /// <summary>A taken branch to an absolute address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void JumpTo(uint target)
    {
        Pc = target;
        Cycle += TakenBranchCycles;
    }

    /// <summary>Sets up argument registers, stack pointer and return address as the ABI wants them.</summary>
    protected abstract void PassArguments(uint stack, ReadOnlySpan<uint> arguments);

    /// <summary>Lets a derived core wrap a freshly decoded instruction.</summary>
    protected virtual void Decoded(ref Op op, uint pc)
    {
    }

    private void Execute(long until)
    {
        Op[] ops = _ops;
        uint start = _pageStart;
        while (Cycle < until)
        {
            uint index = (Pc - start) >> _pageShift;
            if (index >= (uint)ops.Length)
            {
                if (!EnterPage(Pc))
                {
                    return;
                }
                ops = _ops;
                start = _pageStart;
                continue;
            }
            ref Op op = ref ops[index];
            if (op.Execute == null)
            {
                Decode(ref op, Pc);
            }
            Pc += op.Length;
            Cycle += op.Cost;
            Retired++;
            op.Execute(this, ref op);
        }
    }

    private bool EnterPage(uint pc)
    {
        if (pc == ReturnAddress)
        {
            Stop();
            return false;
        }
        if (!Bus.TryFindMemory(pc, out Memory? memory, out uint origin) || (pc & ((1u << _pageShift) - 1)) != 0)
        {
            throw new ChipFault("no code can run from this address", pc, Cycle, Disassemble(pc));
        }
        uint offset = pc - origin;
        _ops = memory.CodePage(offset, _pageShift);
        _pageStart = origin + (offset & ~(uint)(Memory.PageSize - 1));
        return true;
    }

    private void Decode(ref Op op, uint pc)
    {
        if (!Bus.TryFetch(pc, out uint word) || !Set.TryDecode(word, pc, out op))
        {
            throw new ChipFault("unknown instruction", pc, Cycle, Disassemble(pc));
        }
        Instruction row = Set.Find(word)!;
        if (row.IsLoad && Bus.TryFetch(pc + op.Length, out uint next) && Set.Reads(next, Set.WrittenRegister(word)))
        {
            op.SetShape((int)op.Length, 1 + LoadUseCycles);
        }
        Decoded(ref op, pc);
    }
}
