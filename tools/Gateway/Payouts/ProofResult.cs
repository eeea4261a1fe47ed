namespace MicroFirmware.Gateway.Payouts;

/// <summary>Whether the holder of an account said where it is to be paid.</summary>
internal enum ProofResult
{
    /// <summary>It did, and nobody can say it again.</summary>
    Good,

    /// <summary>What was sent is no credential.</summary>
    Malformed,

    /// <summary>It was not made with the holder's key, or for something else.</summary>
    BadMac,

    /// <summary>Its counter was used.</summary>
    Replayed,

    /// <summary>The counter cannot be stored now.</summary>
    Busy,
}
