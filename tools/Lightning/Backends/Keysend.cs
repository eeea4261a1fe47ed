using System.Security.Cryptography;

namespace MicroFirmware.Lightning.Backends;

/// <summary>A payment to a node's key, which nobody asked for by an invoice.</summary>
/// <param name="NodeKey">Whom: a compressed public key, 33 octets.</param>
/// <param name="AmountMsat">How much, 1 or more.</param>
/// <param name="Preimage">32 random octets: the payer chooses them, and never uses them again.</param>
public sealed record Keysend(byte[] NodeKey, long AmountMsat, byte[] Preimage)
{
    /// <summary>What the payment is known by, 32 octets: the preimage's SHA-256.</summary>
    public byte[] Hash => SHA256.HashData(Preimage);
}
