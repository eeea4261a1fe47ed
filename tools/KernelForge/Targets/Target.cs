using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Targets;

/// <summary>What the generator has to know of an instruction set.</summary>
internal abstract class Target
{
    /// <summary>How it rotates.</summary>
    public abstract RotateStyle RotateStyle { get; }

    /// <summary>Register that holds the engine's base.</summary>
    public abstract string Base { get; }

    /// <summary>Scratch register of the engine's stream: the value to be written.</summary>
    public abstract string Scratch { get; }

    /// <summary>The other one: what was read.</summary>
    public abstract string Scratch2 { get; }

    /// <summary>Registers of the software stream beside the engine's.</summary>
    public abstract IReadOnlyList<string> SharedRegisters { get; }

    /// <summary>Registers of the software stream alone.</summary>
    public abstract IReadOnlyList<string> AllRegisters { get; }

    /// <summary>Octets that <see cref="Base"/> lies above the engine's base, for shorter encodings.</summary>
    public abstract int BaseBias { get; }

    /// <summary>An instruction that does nothing.</summary>
    public abstract Instruction Nop { get; }

    /// <summary>Waits until posted writes have arrived.</summary>
    public abstract Instruction Fence { get; }

    /// <summary>The target of a chip.</summary>
    public static Target Of(Isa isa) => isa == Isa.Rv32imc ? new Riscv.RiscvTarget() : new Xtensa.XtensaTarget();

    /// <summary>Add, Xor, And, Or.</summary>
    public Instruction Binary(OperationKind kind, string target, string left, string right) => new()
    {
        Text = $"{kind.ToString().ToLowerInvariant()} {target}, {left}, {right}",
        Target = target,
        Sources = left == right ? [left] : [left, right],
    };

    /// <summary>Adds a small number.</summary>
    public Instruction AddImmediate(string target, string source, int value) => new()
    {
        Text = $"addi {target}, {source}, {value}",
        Target = target,
        Sources = [source],
    };

    /// <summary>Shift by a fixed amount.</summary>
    public Instruction Shift(OperationKind kind, string target, string source, int amount) => new()
    {
        Text = $"{(kind == OperationKind.ShiftLeft ? "slli" : "srli")} {target}, {source}, {amount}",
        Target = target,
        Sources = [source],
    };

    /// <summary>Sets the shift-amount register.</summary>
    public abstract Instruction SetShift(int amount);

    /// <summary>Rotates by the shift-amount register.</summary>
    public abstract Instruction Rotate(string target, string source);

    /// <summary>Loads a frame slot.</summary>
    public abstract Instruction Load(string target, int slot);

    /// <summary>Stores to a frame slot.</summary>
    public abstract Instruction Store(string source, int slot);

    /// <summary>True when a constant needs a slot in the frame.</summary>
    public abstract bool NeedsSlot(uint constant);

    /// <summary>Brings a constant into a register with one instruction.</summary>
    public abstract Instruction LoadConstant(string target, uint constant, Frame frame);

    /// <summary>Writes an engine register.</summary>
    public abstract Instruction EngineWrite(string source, int offset);

    /// <summary>Reads an engine register.</summary>
    public abstract Instruction EngineRead(string target, int offset);

    /// <summary>Reads again from <paramref name="label"/> on while the register is not zero.</summary>
    public abstract Instruction Poll(string register, string label);

    /// <summary>Leaves a value of which nothing is left exactly if its low half was zero.</summary>
    public abstract Instruction KeepLowHalf(string target, string source);

    /// <summary>Leaves a value of which nothing is left exactly if its high half was zero.</summary>
    public Instruction KeepHighHalf(string target, string source) =>
        Shift(OperationKind.ShiftRight, target, source, 16);

    /// <summary>Exits if a register is zero.</summary>
    public Instruction ExitIfZero(string register, Exit exit) => new()
    {
        Text = $"bnez {register},",
        Kind = InstructionKind.Exit,
        Sources = [register],
        Exit = exit,
    };

    /// <summary>Exits if one register is below another (unsigned).</summary>
    public Instruction ExitIfBelow(string left, string right, Exit exit) => new()
    {
        Text = $"bgeu {left}, {right},",
        Kind = InstructionKind.Exit,
        Sources = [left, right],
        Exit = exit,
    };
}
