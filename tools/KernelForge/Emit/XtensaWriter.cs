using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Targets;
using MicroFirmware.KernelForge.Targets.Xtensa;

namespace MicroFirmware.KernelForge.Emit;

/// <summary>Xtensa, call0 ABI, GNU as.</summary>
internal sealed class XtensaWriter : LoopWriter
{
    /// <inheritdoc/>
    protected override Target Target { get; } = new XtensaTarget();

    /// <inheritdoc/>
    protected override string StackPointer => "a1";

    /// <inheritdoc/>
    protected override string Argument => "a2";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Saved => ["a0", "a12", "a13", "a14", "a15"];

    /// <inheritdoc/>
    protected override (string From, string To, string Value) Free => ("a5", "a6", "a7");

    /// <inheritdoc/>
    protected override void WriteConstants(IReadOnlyList<Instruction> body, Frame frame)
    {
        foreach (var label in Literals(body))
        {
            Line($"{label}: .word 0x{label[3..]}");
        }
    }

    /// <inheritdoc/>
    protected override void Enter()
    {
        Code($"addmi {StackPointer}, {StackPointer}, -{Frame.Octets}");
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

        Code($"addmi {StackPointer}, {StackPointer}, {Frame.Octets}");
        Code("ret");
    }

    /// <inheritdoc/>
    protected override void CopyWords(int count)
    {
        var (from, to, value) = Free;
        Code($"movi a8, {count}");
        Line("1:");
        Code($"l32i {value}, {from}, 0");
        Code($"s32i {value}, {to}, 0");
        Code($"addi {from}, {from}, 4");
        Code($"addi {to}, {to}, 4");
        Code("addi a8, a8, -1");
        Code("bnez a8, 1b");
    }

    /// <inheritdoc/>
    protected override string StoreAt(string source, string pointer, int offset) =>
        $"s32i {source}, {pointer}, {offset}";

    // A literal that only the preamble needs is in the body too: both write the same padding.
    private static IEnumerable<string> Literals(IEnumerable<Instruction> body) =>
        body.Select(instruction => instruction.Text)
            .Where(text => text.StartsWith("l32r", StringComparison.Ordinal))
            .Select(text => text[text.IndexOf(".Lc", StringComparison.Ordinal)..])
            .Distinct()
            .Order(StringComparer.Ordinal);
}
