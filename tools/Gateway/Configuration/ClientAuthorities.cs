using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Whose signature on a board's certificate counts. The system's own authorities do not.</summary>
internal sealed class ClientAuthorities(X509Certificate2Collection authorities)
{
    // RFC 5280 §4.2.1.12: id-kp-clientAuth.
    private static readonly Oid s_clientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <exception cref="CryptographicException">There is no certificate in the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ClientAuthorities Load(string file)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0
            ? new ClientAuthorities(authorities)
            : throw new CryptographicException("It holds no certificate in PEM.");
    }

    /// <summary>Whether one of them, directly or through those the board sent along, signed it for today.</summary>
    public bool Vouch(X509Certificate2 certificate, X509Chain? sent)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(s_clientAuthentication);

        // Boards' authorities are private ones, without a place to ask; a board is revoked by its device.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
