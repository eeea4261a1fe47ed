using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>
/// A board's TLS: it believes one authority, the one it was given, and nobody that the system trusts.
/// </summary>
public static class PinnedAuthority
{
    /// <summary>How a board speaks TLS to a host.</summary>
    /// <param name="der">The authority's certificate, or null when the board has none.</param>
    /// <param name="host">What it connects to; the certificate must be for this name or address.</param>
    /// <returns>Null when there is no certificate, or what is there is none: the host cannot be reached.</returns>
    public static SslClientAuthenticationOptions? OptionsFor(byte[]? der, string host)
    {
        if (der is null)
        {
            return null;
        }

        try
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,

                // A gateway of one's own publishes no revocation list; a new authority is its way to revoke.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(der));
            return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
