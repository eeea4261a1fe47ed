namespace MicroFirmware.Gateway.Proofs;

/// <summary>Whether a payment is good for a proof.</summary>
internal enum ProofFeeState
{
    /// <summary>It is, and is taken for it.</summary>
    Begun,

    /// <summary>Another request with the same payment is being answered.</summary>
    UnderWay,

    /// <summary>It has bought a decision already.</summary>
    Spent,
}
