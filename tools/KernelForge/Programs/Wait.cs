namespace MicroFirmware.KernelForge.Programs;

/// <summary>
/// An access may arrive this many cycles after a trigger's arrival (or the fence behind it) at the earliest.
/// </summary>
internal sealed record Wait(Trigger Trigger, int Cycles);
