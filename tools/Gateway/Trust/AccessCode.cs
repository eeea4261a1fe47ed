using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// What an owner copies from the gateway's console: a secret, a dash, and the first half of the fingerprint of the
/// gateway's certificate authority. Who has it can prove itself to the gateway, and the gateway to it: no certificate
/// has to be believed at first sight.
/// </summary>
/// <param name="Secret">Lower-case hexadecimal: 64 digits of an owner token, 10 of a join code.</param>
/// <param name="Pin">20 digits: the first 10 octets of the SHA-256 of the authority's certificate.</param>
public sealed record AccessCode(string Secret, string Pin)
{
    /// <summary>Octets of an owner token's secret.</summary>
    internal const int TokenOctets = 32;

    /// <summary>Octets of a join code's secret.</summary>
    internal const int JoinOctets = 5;

    private const int PinOctets = 10;

    /// <summary>Whether it is a join code: short, for one board, for a while.</summary>
    public bool IsJoinCode => Secret.Length == 2 * JoinOctets;

    /// <summary>Reads a code; blanks around it do not matter.</summary>
    public static bool TryParse(string text, out AccessCode? code)
    {
        code = null;
        string[] parts = text.Trim().Split('-');
        bool isCode = parts.Length == 2
            && parts[0].Length is 2 * TokenOctets or 2 * JoinOctets && parts[1].Length == 2 * PinOctets
            && parts.All(part => part.All(char.IsAsciiHexDigitLower));
        code = isCode ? new AccessCode(parts[0], parts[1]) : null;
        return isCode;
    }

    /// <summary>A certificate's fingerprint as codes carry it.</summary>
    public static string PinOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawData).AsSpan(0, PinOctets));

    /// <summary>As it is shown once and typed again; a secret.</summary>
    public string Reveal() => $"{Secret}-{Pin}";

    /// <summary>Not the secret.</summary>
    public override string ToString() => $"***-{Pin}";

    /// <summary>A new secret for this authority.</summary>
    internal static AccessCode Create(int octets, X509Certificate2 authority) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(octets)), PinOf(authority));
}
