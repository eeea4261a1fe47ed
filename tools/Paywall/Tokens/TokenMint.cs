using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// Makes tokens and knows its own again. Each has a root key of its own, derived from the mint's secret, so that none
/// has to be kept. Safe for use by many threads.
/// </summary>
public sealed class TokenMint
{
    /// <summary>Octets of the secret.</summary>
    public const int SecretSize = 32;

    private const string Location = "l402";

    private static readonly byte[] s_purpose = Encoding.ASCII.GetBytes("l402 root key\0");

    private readonly byte[] _secret;

    /// <summary>A mint.</summary>
    /// <param name="secret">32 random octets, the same at every start: without them its tokens are worth nothing.
    /// </param>
    /// <exception cref="ArgumentException">Not 32 octets.</exception>
    public TokenMint(ReadOnlySpan<byte> secret) => _secret = secret.Length == SecretSize
        ? secret.ToArray()
        : throw new ArgumentException($"The secret is {SecretSize} octets.", nameof(secret));

    /// <summary>Makes a token that is worth nothing until its invoice is paid.</summary>
    /// <param name="paymentHash">The invoice's, 32 octets.</param>
    /// <param name="msat">What the invoice asks for.</param>
    /// <param name="path">What it opens.</param>
    /// <param name="expiresUnixSeconds">Until when.</param>
    /// <param name="count">How often; null for as often as one likes.</param>
    public Macaroon Make(ReadOnlySpan<byte> paymentHash, long msat, string path, long expiresUnixSeconds, long? count)
    {
        byte[] identifier = TokenIdentifier.Write(
            paymentHash, RandomNumberGenerator.GetBytes(TokenIdentifier.PartSize));
        Span<byte> rootKey = stackalloc byte[Macaroon.KeySize];
        DeriveRootKey(identifier, rootKey);
        return TokenLimits.Write(
            Macaroon.Create(rootKey, Location, identifier), msat, path, expiresUnixSeconds, count);
    }

    /// <summary>Whether a token was made here, and widened by nobody.</summary>
    public bool IsOwn(Macaroon token)
    {
        Span<byte> rootKey = stackalloc byte[Macaroon.KeySize];
        if (token.Location != Location || !TokenIdentifier.IsValid(token.Identifier))
        {
            return false;
        }

        DeriveRootKey(token.Identifier, rootKey);
        return token.IsSignedWith(rootKey);
    }

    private void DeriveRootKey(ReadOnlySpan<byte> identifier, Span<byte> rootKey)
    {
        Span<byte> input = stackalloc byte[s_purpose.Length + TokenIdentifier.Size];
        s_purpose.CopyTo(input);
        identifier.CopyTo(input[s_purpose.Length..]);
        HMACSHA256.HashData(_secret, input, rootKey);
    }
}
