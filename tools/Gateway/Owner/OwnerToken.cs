using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// The owner's token: made at the first start, shown once, kept as its SHA-256. Who lost it removes the file, and gets
/// another at the next start. (256 random bits need no slow hash: there is nothing to guess.)
/// </summary>
internal sealed class OwnerToken
{
    private const string FileName = "owner.token";

    private readonly byte[] _digest;

    private OwnerToken(byte[] digest, AccessCode? fresh) => (_digest, Fresh) = (digest, fresh);

    /// <summary>The token, if it was made at this start; to be shown once.</summary>
    public AccessCode? Fresh { get; }

    /// <summary>What the owner signs payments with: HMAC-SHA256 of "payment" with the SHA-256 of the token's secret.
    /// </summary>
    public byte[] PaymentKey => HMACSHA256.HashData(_digest, "payment"u8);

    /// <summary>Opens the token of a folder, or makes it.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; the message says what to do.</exception>
    public static OwnerToken Open(string folder, CertificateAuthority authority)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(path))
            {
                return new OwnerToken(Convert.FromHexString(File.ReadAllText(path).Trim()), null);
            }

            AccessCode fresh = AccessCode.Create(AccessCode.TokenOctets, authority.Certificate);
            byte[] digest = DigestOf(fresh.Secret);
            OwnerFile.Write(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest) + "\n"));
            return new OwnerToken(digest, fresh);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException(
                $"{path} cannot be used ({e.Message}): remove it to get a new owner token at the next start.");
        }
    }

    /// <summary>Whether a secret is the owner's; takes the same time whatever is wrong with it.</summary>
    public bool IsOwner(string secret) => CryptographicOperations.FixedTimeEquals(DigestOf(secret), _digest);

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
