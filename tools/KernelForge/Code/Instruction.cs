namespace MicroFirmware.KernelForge.Code;

/// <summary>One machine instruction, or an <see cref="InstructionKind.Exit"/>, in the loop's straight line.</summary>
internal sealed record Instruction
{
    /// <summary>Assembly text; of an exit the branch that skips it, without the label.</summary>
    public required string Text { get; init; }

    /// <summary>What it is to the scheduler.</summary>
    public InstructionKind Kind { get; init; }

    /// <summary>Register it writes.</summary>
    public string? Target { get; init; }

    /// <summary>Registers it reads.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Frame slot it loads or stores.</summary>
    public int? Slot { get; init; }

    /// <summary>Engine register it accesses, as an offset from the engine's base.</summary>
    public int Offset { get; init; }

    /// <summary>Where an exit goes.</summary>
    public Exit? Exit { get; init; }

    /// <summary>Label before it, where a poll begins.</summary>
    public string? Label { get; init; }

    /// <summary>Cycles without stalls: a taken branch costs three.</summary>
    public int Cycles => Kind == InstructionKind.Exit ? 3 : 1;

    /// <summary>True if its result may not be used by the next instruction without a stall.</summary>
    public bool IsLoad => Kind is InstructionKind.Load or InstructionKind.EngineRead;

    /// <summary>True if it uses a register.</summary>
    public bool Reads(string? register) => register is not null && Sources.Contains(register);
}
