using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;
using MicroFirmware.KernelForge.Targets.Riscv;

namespace MicroFirmware.KernelForge.Emit;

/// <summary>RV32IMC, ilp32 ABI, LLVM's assembler.</summary>
internal sealed class RiscvWriter : LoopWriter
{
    /// <inheritdoc/>
    protected override Target Target { get; } = new RiscvTarget();

    /// <inheritdoc/>
    protected override string StackPointer => "sp";

    /// <inheritdoc/>
    protected override string Argument => "a0";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Saved =>
        ["ra", .. Enumerable.Range(0, 12).Select(i => $"s{i}")];

    /// <inheritdoc/>
    protected override (string From, string To, string Value) Free => ("t0", "t1", "t2");

    /// <summary>Alignment that a linker may shrink would leave a gap before the loop.</summary>
    protected override void BeginSection() => Line(".option norelax");

    /// <inheritdoc/>
    protected override void WriteConstants(IReadOnlyList<Instruction> body, Frame frame)
    {
        Line(".Lconstants:");
        foreach (var constant in frame.Constants)
        {
            Line($"    .word 0x{constant:x8}");
        }
    }

    /// <inheritdoc/>
    protected override void Enter()
    {
        Code($"addi {StackPointer}, {StackPointer}, -{Frame.Octets}");
        for (var i = 0; i < Saved.Count; i++)
        {
            Code(Target.Store(Saved[i], SavedSlot(i)).Text);
        }
    }

    /// <inheritdoc/>
    protected override void Leave()
    {
        for (var i = 0; i < Saved.Count; i++)
        {
            Code(Target.Load(Saved[i], SavedSlot(i)).Text);
        }

        Code($"addi {StackPointer}, {StackPointer}, {Frame.Octets}");
        Code("ret");
    }

    /// <inheritdoc/>
    protected override void CopyIn(Frame frame)
    {
        base.CopyIn(frame);
        if (frame.Constants.Count > 0)
        {
            // One slot lies between block and constants: the pointer to the caller's block.
            Code($"addi {Free.To}, {Free.To}, {4 * (Frame.Caller + 1 - BlockLayout.Words)}");
            Code($"lla {Free.From}, .Lconstants");
            CopyWords(frame.Constants.Count);
        }
    }

    /// <inheritdoc/>
    protected override void CopyWords(int count)
    {
        var (from, to, value) = Free;
        Code($"li t3, {count}");
        Line("1:");
        Code($"lw {value}, 0({from})");
        Code($"sw {value}, 0({to})");
        Code($"addi {from}, {from}, 4");
        Code($"addi {to}, {to}, 4");
        Code("addi t3, t3, -1");
        Code("bnez t3, 1b");
    }

    /// <inheritdoc/>
    protected override string StoreAt(string source, string pointer, int offset) => $"sw {source}, {offset}({pointer})";
}
