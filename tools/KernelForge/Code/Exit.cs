namespace MicroFirmware.KernelForge.Code;

/// <summary>A rare way out of the straight line, which comes back to where it left.</summary>
/// <param name="Kind">What happens there.</param>
/// <param name="Index">Nonce within the pass.</param>
/// <param name="Register">A register that the handler may overwrite.</param>
internal sealed record Exit(ExitKind Kind, int Index, string Register);
