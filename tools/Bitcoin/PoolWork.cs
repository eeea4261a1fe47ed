namespace MicroFirmware.Bitcoin;

/// <summary>What a pool fixes of a block: a coinbase of its own and the branch above it (Stratum v1).</summary>
/// <param name="Session">The session that the job belongs to: shares go back to this one only.</param>
/// <param name="JobId">The pool's name for the job.</param>
/// <param name="Coinbase">The coinbase, open at extranonce2; extranonce1 is in its prefix.</param>
/// <param name="Branch">What the coinbase's txid is folded with, from the leaves up.</param>
/// <param name="ShareTarget">A hash not above this is a share for the pool.</param>
/// <param name="Extranonces">Gives every extranonce2 of the session once.</param>
public sealed record PoolWork(
    long Session,
    string JobId,
    SplitCoinbase Coinbase,
    IReadOnlyList<Hash256> Branch,
    UInt256 ShareTarget,
    ExtranonceCounter Extranonces);
