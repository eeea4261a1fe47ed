namespace MicroFirmware.KernelForge.Ssa;

/// <summary>One operation of a program in single-assignment form.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Result">What it assigns; null if nothing.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Amount">Shift or rotation amount in bits.</param>
internal sealed record Operation(OperationKind Kind, Value? Result, IReadOnlyList<Value> Sources, int Amount = 0);
