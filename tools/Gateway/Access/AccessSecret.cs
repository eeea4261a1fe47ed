using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Random secrets, and what is kept of them: their SHA-256. (Of 128 random bits and more nothing can be guessed, so
/// that a slow hash would gain nothing, and a look-up by digest tells nobody how near a guess was.)
/// </summary>
internal static class AccessSecret
{
    /// <summary>Octets of a session's secret.</summary>
    public const int SessionOctets = 32;

    /// <summary>Octets of a one-time link's secret: short enough to be typed once.</summary>
    public const int LinkOctets = 16;

    /// <summary>A new secret, lower-case hexadecimal.</summary>
    public static string Create(int octets) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(octets));

    /// <summary>What is kept of a secret, lower-case hexadecimal.</summary>
    public static string DigestOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
