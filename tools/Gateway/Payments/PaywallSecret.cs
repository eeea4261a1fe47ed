using System.Security.Cryptography;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Paywall.Tokens;

namespace MicroFirmware.Gateway.Payments;

/// <summary>The secret of a paywall's tokens: made at the first use, kept in a file that only its owner may read.
/// </summary>
public static class PaywallSecret
{
    private const string FileName = "paywall.secret";

    /// <summary>The mint of a folder.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It holds something else; without it, all tokens that were sold are worth
    /// nothing.</exception>
    public static TokenMint OpenMint(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            byte[] kept = File.ReadAllBytes(path);
            return kept.Length == TokenMint.SecretSize
                ? new TokenMint(kept)
                : throw new InvalidDataException($"{path} has not {TokenMint.SecretSize} octets: put back a copy.");
        }

        byte[] secret = RandomNumberGenerator.GetBytes(TokenMint.SecretSize);
        OwnerFile.Write(path, secret);
        return new TokenMint(secret);
    }
}
