namespace MicroFirmware.Gateway.Proofs;

/// <summary>What a customer gets for a proof.</summary>
/// <param name="Result"><c>valid</c>, or what is wrong.</param>
/// <param name="Attestation">The same, signed.</param>
public sealed record ProofAnswer(string Result, SignedAttestation Attestation);
