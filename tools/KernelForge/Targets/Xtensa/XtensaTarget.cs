using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Targets.Xtensa;

/// <summary>Xtensa LX6 and LX7, call0 ABI; only instructions that the LX106 assembler knows too.</summary>
internal sealed class XtensaTarget : Target
{
    private const int LeastMoveImmediate = -2048;
    private const int GreatestMoveImmediate = 2047;

    private static readonly string[] s_high = [.. Enumerable.Range(5, 11).Select(i => $"a{i}")];

    /// <inheritdoc/>
    public override RotateStyle RotateStyle => RotateStyle.ShiftAmountRegister;

    /// <inheritdoc/>
    public override string Base => "a2";

    /// <inheritdoc/>
    public override string Scratch => "a3";

    /// <inheritdoc/>
    public override string Scratch2 => "a4";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SharedRegisters => ["a0", .. s_high];

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllRegisters => ["a0", "a2", "a3", "a4", .. s_high];

    /// <inheritdoc/>
    public override int BaseBias => 0;

    /// <inheritdoc/>
    public override Instruction Nop { get; } = new() { Text = "nop.n" };

    /// <inheritdoc/>
    public override Instruction Fence { get; } = new() { Text = "memw", Kind = InstructionKind.Fence };

    /// <summary>Label of a constant that lies before the code.</summary>
    public static string Literal(uint constant) => $".Lc{constant:x8}";

    /// <inheritdoc/>
    public override Instruction SetShift(int amount) => new()
    {
        Text = $"ssai {amount}",
        Kind = InstructionKind.SetShift,
    };

    /// <inheritdoc/>
    public override Instruction Rotate(string target, string source) => new()
    {
        Text = $"src {target}, {source}, {source}",
        Kind = InstructionKind.Rotate,
        Target = target,
        Sources = [source],
    };

    /// <inheritdoc/>
    public override Instruction Load(string target, int slot) => new()
    {
        Text = $"l32i {target}, a1, {4 * slot}",
        Kind = InstructionKind.Load,
        Target = target,
        Slot = slot,
    };

    /// <inheritdoc/>
    public override Instruction Store(string source, int slot) => new()
    {
        Text = $"s32i {source}, a1, {4 * slot}",
        Kind = InstructionKind.Store,
        Sources = [source],
        Slot = slot,
    };

    /// <inheritdoc/>
    public override bool NeedsSlot(uint constant) => false;

    /// <inheritdoc/>
    public override Instruction LoadConstant(string target, uint constant, Frame frame) =>
        (int)constant is >= LeastMoveImmediate and <= GreatestMoveImmediate
            ? new() { Text = $"movi {target}, {(int)constant}", Target = target }
            : new() { Text = $"l32r {target}, {Literal(constant)}", Kind = InstructionKind.Load, Target = target };

    /// <inheritdoc/>
    public override Instruction EngineWrite(string source, int offset) => new()
    {
        Text = $"s32i {source}, {Base}, {offset}",
        Kind = InstructionKind.EngineWrite,
        Sources = [source],
        Offset = offset,
    };

    /// <inheritdoc/>
    public override Instruction EngineRead(string target, int offset) => new()
    {
        Text = $"l32i {target}, {Base}, {offset}",
        Kind = InstructionKind.EngineRead,
        Target = target,
        Offset = offset,
    };

    /// <inheritdoc/>
    public override Instruction Poll(string register, string label) => new()
    {
        Text = $"bnez {register}, {label}",
        Kind = InstructionKind.Poll,
        Sources = [register],
    };

    /// <inheritdoc/>
    public override Instruction KeepLowHalf(string target, string source) => new()
    {
        Text = $"extui {target}, {source}, 0, 16",
        Target = target,
        Sources = [source],
    };
}
