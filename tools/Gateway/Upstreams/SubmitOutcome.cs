namespace MicroFirmware.Gateway.Upstreams;

/// <summary>The answer to a block that was handed in.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why, in the words of BIP 22; empty where there is nothing to say.</param>
public sealed record SubmitOutcome(SubmitStatus Status, string Reason = "")
{
    /// <summary>The block counts.</summary>
    public bool Good => Status is SubmitStatus.Accepted or SubmitStatus.Duplicate;
}
