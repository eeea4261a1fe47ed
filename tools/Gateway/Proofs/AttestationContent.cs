namespace MicroFirmware.Gateway.Proofs;

/// <summary>What a gateway attests: the payload of <see cref="SignedAttestation"/>, as JSON.</summary>
/// <param name="V">1.</param>
/// <param name="Iat">When, Unix seconds.</param>
/// <param name="Proof">The proof's <see cref="TransactionProof.Digest"/>, 64 hexadecimal digits.</param>
/// <param name="Result"><c>valid</c>, or what is wrong: a name of <see cref="Protocol.FindingCode"/> in lower case.
/// </param>
/// <param name="Where">The level or header at which a wrong proof ends; 0 for a valid one.</param>
/// <param name="Trace">All hashes that were computed, exclusive or, 64 hexadecimal digits as on the wire.</param>
/// <param name="Txid">The transaction, as it is shown; null for headers alone.</param>
/// <param name="Position">Its place in the block.</param>
/// <param name="Block">The first header's hash, as it is shown.</param>
/// <param name="Tip">The last header's hash, as it is shown.</param>
/// <param name="Headers">How many headers.</param>
/// <param name="GreatestTarget">The network's greatest target, compact, 8 hexadecimal digits.</param>
/// <param name="TransactionShown">Whether the transaction itself was seen.</param>
/// <param name="Audited">Whether the gateway checked too.</param>
/// <param name="FeeMsat">What it cost.</param>
/// <param name="Boards">The boards that found it, each with its own tag.</param>
public sealed record AttestationContent(
    int V,
    long Iat,
    string Proof,
    string Result,
    int Where,
    string Trace,
    string? Txid,
    uint Position,
    string Block,
    string Tip,
    int Headers,
    string GreatestTarget,
    bool TransactionShown,
    bool Audited,
    long FeeMsat,
    IReadOnlyList<BoardFinding> Boards)
{
    internal static AttestationContent Of(
        TransactionProof proof, ProofDecision decision, long feeMsat, DateTimeOffset now) => new(
            1,
            now.ToUnixTimeSeconds(),
            Convert.ToHexStringLower(proof.Digest()),
            decision.Result.Code.ToString().ToLowerInvariant(),
            decision.Result.Where,
            Convert.ToHexStringLower(decision.Result.Trace.ToOctets()),
            proof.Txid?.ToString(),
            proof.Place,
            proof.Block.ToString(),
            proof.Tip.ToString(),
            proof.Headers.Count,
            proof.LimitBits.ToString("x8"),
            proof.IsTransactionShown,
            decision.IsAudited,
            feeMsat,
            decision.Boards);

    /// <summary>Compares with a proof: whether it is this one, whether checking it gives the same, and whether every
    /// board said so.</summary>
    /// <returns>What differs; null where nothing does.</returns>
    public string? Compare(TransactionProof proof)
    {
        ProofOutcome own = ProofJudge.Check(proof);
        return Proof != Convert.ToHexStringLower(proof.Digest()) ? "the attestation is of another proof"
            : Result != own.Code.ToString().ToLowerInvariant() || Where != own.Where
                ? $"the attestation says {Result}, but the proof is {own.Code.ToString().ToLowerInvariant()}"
            : Trace != Convert.ToHexStringLower(own.Trace.ToOctets()) ? "the trace is not the proof's"
            : Boards.FirstOrDefault(board => !Says(board)) is { } other ? $"{other.Device} found something else"
            : null;
    }

    /// <summary>Whether a board's finding is the attested result, for the task it names.</summary>
    private bool Says(BoardFinding board) =>
        Protocol.Hex.TryDecode(board.Finding, 0, Protocol.ProofFinding.Length, out byte[] octets)
        && board.Finding.Length == 2 * octets.Length
        && Protocol.ProofFinding.Parse(octets, 0, octets.Length, out Protocol.ProofFinding finding)
            == Protocol.ParseStatus.Done
        && finding.Id.ToString("x16") == board.Task
        && finding.Code.ToString().ToLowerInvariant() == Result
        && finding.Where == Where
        && Convert.ToHexStringLower(finding.Trace) == Trace;
}
