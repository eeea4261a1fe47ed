namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>One punished access.</summary>
/// <param name="Kind">What was wrong.</param>
/// <param name="Register">Name of the register that was touched.</param>
/// <param name="Pc">Address of the instruction.</param>
/// <param name="Cycle">Cycle at which the access arrived at the engine, or sampled it.</param>
/// <param name="EarlyByCycles">By how much it came too early.</param>
public readonly record struct Hazard(HazardKind Kind, string Register, uint Pc, long Cycle, long EarlyByCycles)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Kind} {Register} at pc 0x{Pc:x8}, cycle {Cycle}: {EarlyByCycles} cycles too early";
}
