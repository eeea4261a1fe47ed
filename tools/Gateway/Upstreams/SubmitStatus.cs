namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What became of a block that was handed in.</summary>
public enum SubmitStatus
{
    /// <summary>It is the tip now.</summary>
    Accepted,

    /// <summary>It was known already, which is as good (BIP 22, <c>duplicate</c>).</summary>
    Duplicate,

    /// <summary>It breaks a rule, or another block was first.</summary>
    Rejected,

    /// <summary>Nobody can tell: the other side could not be reached or did not decide.</summary>
    Unknown,
}
