namespace MicroFirmware.Lightning.Backends;

/// <summary>What a node says of a payment.</summary>
/// <param name="State">What became of it.</param>
/// <param name="FeeMsat">What the way there cost; 0 where it did not succeed.</param>
/// <param name="Preimage">32 octets whose SHA-256 is the payment's hash; empty where it did not succeed.</param>
/// <param name="Reason">Why not, for people; empty where it succeeded.</param>
public sealed record PaymentOutcome(PaymentState State, long FeeMsat, byte[] Preimage, string Reason)
{
    /// <summary>It arrived.</summary>
    public static PaymentOutcome Success(byte[] preimage, long feeMsat) =>
        new(PaymentState.Succeeded, feeMsat, preimage, "");

    /// <summary>It did not, and will not.</summary>
    public static PaymentOutcome Failure(string reason) => new(PaymentState.Failed, 0, [], reason);

    /// <summary>Nobody knows yet.</summary>
    public static PaymentOutcome Open(string reason) => new(PaymentState.Unknown, 0, [], reason);
}
