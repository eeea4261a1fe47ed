using MicroFirmware.KernelForge.Code;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>A step of the engine's stream; steps are issued in order, each as early as its wait allows.</summary>
internal abstract record Step
{
    /// <summary>Brings a value into a scratch register, at once.</summary>
    internal sealed record Prepare(Instruction Instruction) : Step;

    /// <summary>Waits for the bus; waits are counted from here on.</summary>
    internal sealed record Fence(Trigger Trigger) : Step;

    /// <summary>Accesses the engine.</summary>
    internal sealed record Access(Instruction Instruction, Wait? After, Trigger? Marks) : Step;

    /// <summary>Asks the engine whether it is done.</summary>
    internal sealed record Poll(Wait Expected) : Step;

    /// <summary>Instructions for the next gap they fit into, before their register is needed again.</summary>
    internal sealed record Whenever(IReadOnlyList<Instruction> Instructions, string Register) : Step;
}
