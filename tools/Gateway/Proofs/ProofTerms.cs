namespace MicroFirmware.Gateway.Proofs;

/// <summary>What a proof costs here, and what is had for it.</summary>
/// <param name="PriceMsat">Thousandths of a satoshi; 0 where none is sold.</param>
/// <param name="Boards">Boards that are given each proof.</param>
/// <param name="Agreeing">Boards that have to find the same.</param>
/// <param name="Ready">Boards that are there now.</param>
/// <param name="GreatestTarget">The network: the greatest target that a header may have, compact.</param>
public sealed record ProofTerms(long PriceMsat, int Boards, int Agreeing, int Ready, string GreatestTarget);
