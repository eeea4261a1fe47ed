using MicroFirmware.KernelForge.Code;

namespace MicroFirmware.KernelForge.Scheduling;

/// <summary>The straight line of a loop.</summary>
/// <param name="Body">Its instructions, from the first to the one before the branch back.</param>
/// <param name="HardwareNonces">Nonces of the engine's stream in one pass.</param>
/// <param name="SoftwareNonces">Nonces of the software stream in one pass.</param>
/// <param name="Nops">Gaps that nothing filled.</param>
internal sealed record Schedule(IReadOnlyList<Instruction> Body, int HardwareNonces, int SoftwareNonces, int Nops);
