namespace MicroFirmware.Gateway.Proofs;

/// <summary>What became of a proof.</summary>
/// <param name="Result">What enough boards found.</param>
/// <param name="IsAudited">Whether the gateway found the same.</param>
/// <param name="Boards">The boards that found it.</param>
internal sealed record ProofDecision(ProofOutcome Result, bool IsAudited, IReadOnlyList<BoardFinding> Boards);
