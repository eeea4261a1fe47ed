using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Targets.Riscv;

/// <summary>RV32IMC, ilp32 ABI; gp and tp stay untouched.</summary>
internal sealed class RiscvTarget : Target
{
    private const int LeastImmediate = -2048;
    private const int GreatestImmediate = 2047;

    private static readonly string[] s_free =
        ["ra", .. new[] { 5, 6, 7 }.Concat(Enumerable.Range(11, 21)).Select(i => $"x{i}")];

    /// <inheritdoc/>
    public override RotateStyle RotateStyle => RotateStyle.TwoShifts;

    /// <inheritdoc/>
    public override string Base => "x8";

    /// <inheritdoc/>
    public override string Scratch => "x9";

    /// <inheritdoc/>
    public override string Scratch2 => "x10";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SharedRegisters => s_free;

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllRegisters => [.. s_free, "x8", "x9", "x10"];

    /// <summary>State and message memory then lie within reach of compressed loads and stores.</summary>
    public override int BaseBias => 0x40;

    /// <inheritdoc/>
    public override Instruction Nop { get; } = new() { Text = "nop" };

    /// <inheritdoc/>
    public override Instruction Fence { get; } = new() { Text = "fence", Kind = InstructionKind.Fence };

    /// <inheritdoc/>
    public override Instruction SetShift(int amount) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Instruction Rotate(string target, string source) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Instruction Load(string target, int slot) => new()
    {
        Text = $"lw {target}, {4 * slot}(sp)",
        Kind = InstructionKind.Load,
        Target = target,
        Slot = slot,
    };

    /// <inheritdoc/>
    public override Instruction Store(string source, int slot) => new()
    {
        Text = $"sw {source}, {4 * slot}(sp)",
        Kind = InstructionKind.Store,
        Sources = [source],
        Slot = slot,
    };

    /// <inheritdoc/>
    public override bool NeedsSlot(uint constant) => !IsImmediate(constant) && !IsUpper(constant);

    /// <inheritdoc/>
    public override Instruction LoadConstant(string target, uint constant, Frame frame) =>
        IsImmediate(constant) ? new() { Text = $"li {target}, {(int)constant}", Target = target }
        : IsUpper(constant) ? new() { Text = $"lui {target}, 0x{constant >> 12:x}", Target = target }
        : Load(target, frame.Constant(constant));

    /// <inheritdoc/>
    public override Instruction EngineWrite(string source, int offset) => new()
    {
        Text = $"sw {source}, {offset - BaseBias}({Base})",
        Kind = InstructionKind.EngineWrite,
        Sources = [source],
        Offset = offset,
    };

    /// <inheritdoc/>
    public override Instruction EngineRead(string target, int offset) => new()
    {
        Text = $"lw {target}, {offset - BaseBias}({Base})",
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
    public override Instruction KeepLowHalf(string target, string source) =>
        Shift(OperationKind.ShiftLeft, target, source, 16);

    private static bool IsImmediate(uint constant) => (int)constant is >= LeastImmediate and <= GreatestImmediate;

    private static bool IsUpper(uint constant) => (constant & 0xFFF) == 0;
}
