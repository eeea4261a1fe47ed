namespace MicroFirmware.Gateway.Upstreams;

/// <summary>The answer to a block that was handed in.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why, in the words of BIP 22; empty where there is nothing to say.</param>
public sealed record SubmitOutcome(SubmitStatus Status, string Reason = "")
{
    private const string RejectedMark = "rejected: ";

    /// <summary>The block counts.</summary>
    public bool Good => Status is SubmitStatus.Accepted or SubmitStatus.Duplicate;

    /// <summary>Reads a node's answer to submitblock (BIP 22).</summary>
    /// <param name="answer">Null for an accepted block, otherwise a word for the reason; bcoin writes
    /// <c>rejected: </c> before it.</param>
    public static SubmitOutcome Of(string? answer) => answer switch
    {
        null => new(SubmitStatus.Accepted),
        "duplicate" => new(SubmitStatus.Duplicate, answer),
        "inconclusive" or "duplicate-inconclusive" => new(SubmitStatus.Unknown, answer),
        _ => new(SubmitStatus.Rejected, answer.StartsWith(RejectedMark, StringComparison.Ordinal)
            ? answer[RejectedMark.Length..]
            : answer),
    };
}
