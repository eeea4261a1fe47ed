using System.Security.Cryptography;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// A token and the proof that it was paid for, as a request carries them. Hexadecimal digits are lower case and base64
/// is padded: one credential has one spelling.
/// <code>
/// Authorization: L402 TOKEN:PREIMAGE          or LSAT for L402
/// Authorization: L402 token="TOKEN", preimage="PREIMAGE"      or macaroon= for token=
/// </code>
/// </summary>
/// <param name="Token">The token; what it claims is not yet proven.</param>
/// <param name="Preimage">32 octets.</param>
public sealed record L402Credential(Macaroon Token, byte[] Preimage)
{
    /// <summary>The scheme of the HTTP header field.</summary>
    public const string Scheme = "L402";

    /// <summary>The scheme's older name.</summary>
    public const string OldScheme = "LSAT";

    private const int PreimageDigits = 2 * TokenIdentifier.PartSize;
    private const string PreimageLead = "\", preimage=\"";

    // Base64 of the longest token, rounded up.
    private const int MaxTokenLength = (MacaroonCodec.MaxOctets + 2) / 3 * 4;

    /// <summary>Whether a header's value claims to be one.</summary>
    public static bool HasScheme(string value) =>
        value.StartsWith(Scheme + " ", StringComparison.Ordinal)
        || value.StartsWith(OldScheme + " ", StringComparison.Ordinal);

    /// <summary>Reads the value of an HTTP <c>Authorization</c> field.</summary>
    /// <returns>False, and null, where it is not of the form above.</returns>
    public static bool TryParse(string value, out L402Credential? credential)
    {
        credential = null;
        if (!HasScheme(value) || !TrySplit(value.AsSpan(Scheme.Length + 1), out var token, out var digits)
            || token.Length > MaxTokenLength || digits.Length != PreimageDigits || digits.ContainsAnyInRange('A', 'F'))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[MacaroonCodec.MaxOctets + 2];
        byte[] preimage = new byte[TokenIdentifier.PartSize];
        bool isText = Convert.FromHexString(digits, preimage, out _, out _) == System.Buffers.OperationStatus.Done;
        if (!isText || !Convert.TryFromBase64Chars(token, octets, out int length)
            || !IsOnlySpelling(token, octets[..length])
            || !MacaroonCodec.TryRead(octets[..length], out Macaroon? macaroon))
        {
            return false;
        }

        credential = new L402Credential(macaroon!, preimage);
        return true;
    }

    /// <summary>Whether the preimage is the one of the token's invoice: whether it was paid.</summary>
    public bool IsPaid
    {
        get
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Preimage, hash);
            return TokenIdentifier.IsValid(Token.Identifier)
                && CryptographicOperations.FixedTimeEquals(hash, TokenIdentifier.PaymentHashOf(Token.Identifier));
        }
    }

    /// <summary>The value of the HTTP header field.</summary>
    public string ToHttp() =>
        $"{Scheme} {Convert.ToBase64String(MacaroonCodec.Write(Token))}:{Convert.ToHexStringLower(Preimage)}";

    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> token, out ReadOnlySpan<char> preimage)
    {
        token = preimage = [];
        foreach (string lead in (ReadOnlySpan<string>)["token=\"", "macaroon=\""])
        {
            if (text.StartsWith(lead) && text[^1] == '"')
            {
                int end = text.IndexOf(PreimageLead);
                token = end < 0 ? [] : text[lead.Length..end];
                preimage = end < 0 ? [] : text[(end + PreimageLead.Length)..^1];
                return end > 0;
            }
        }

        int colon = text.IndexOf(':');
        token = colon < 0 ? [] : text[..colon];
        preimage = colon < 0 ? [] : text[(colon + 1)..];
        return colon > 0;
    }

    /// <summary>The platform's decoder takes blanks, and bits that mean nothing at the end.</summary>
    private static bool IsOnlySpelling(ReadOnlySpan<char> token, ReadOnlySpan<byte> octets)
    {
        Span<char> again = stackalloc char[MaxTokenLength];
        return Convert.TryToBase64Chars(octets, again, out int length) && token.SequenceEqual(again[..length]);
    }
}
