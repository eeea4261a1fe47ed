using System.Buffers.Binary;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// What a token is known by (L402 §Identifier).
/// <code>
///  0 +--------+--------+
///    | 0      | 0      |   version, most significant octet first
///  2 +--------+--------+
///    | payment hash, 32 octets
/// 34 +--------
///    | token id, 32 octets
/// 66 +--------
/// </code>
/// </summary>
public static class TokenIdentifier
{
    /// <summary>Octets of it.</summary>
    public const int Size = 66;

    /// <summary>Octets of a payment hash, and of a token's id.</summary>
    public const int PartSize = 32;

    private const int PaymentHashOffset = 2;
    private const int TokenIdOffset = 34;

    /// <summary>Writes one.</summary>
    /// <param name="paymentHash">32 octets.</param>
    /// <param name="tokenId">32 octets that no other token has.</param>
    public static byte[] Write(ReadOnlySpan<byte> paymentHash, ReadOnlySpan<byte> tokenId) =>
        [0, 0, .. paymentHash[..PartSize], .. tokenId[..PartSize]];

    /// <summary>Whether the octets are one.</summary>
    public static bool IsValid(ReadOnlySpan<byte> identifier) =>
        identifier.Length == Size && BinaryPrimitives.ReadUInt16BigEndian(identifier) == 0;

    /// <summary>The hash that the preimage must have.</summary>
    public static ReadOnlySpan<byte> PaymentHashOf(ReadOnlySpan<byte> identifier) =>
        identifier.Slice(PaymentHashOffset, PartSize);

    /// <summary>The token's id.</summary>
    public static ReadOnlySpan<byte> TokenIdOf(ReadOnlySpan<byte> identifier) =>
        identifier.Slice(TokenIdOffset, PartSize);
}
