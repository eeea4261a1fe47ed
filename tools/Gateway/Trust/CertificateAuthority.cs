using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// The gateway's own certificate authority, ECDSA on P-256: made at the first start, its key in a file that only the
/// gateway's user may read. Boards are given its certificate when they are configured, and believe nobody else.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string Subject = "CN=MicroFirmware gateway authority";
    private const string KeyFile = "authority.key";
    private const string CertificateFile = "authority.pem";
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const int SerialOctets = 16;

    // Longer than any board will live; a new authority means a visit to every board.
    private static readonly TimeSpan s_life = TimeSpan.FromDays(25 * 365);

    // A board whose clock is a little behind must not refuse what was made today.
    private static readonly TimeSpan s_slack = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time) =>
        (Certificate, _time) = (certificate, time);

    /// <summary>Its certificate, with the key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate as boards and tools take it: PEM, without the key.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>Opens the authority in a folder, or makes it.</summary>
    /// <exception cref="ConfigurationException">The files there cannot be used; the message says what to
    /// do.</exception>
    public static CertificateAuthority Open(string folder, TimeProvider time)
    {
        string key = Path.Combine(folder, KeyFile);
        string certificate = Path.Combine(folder, CertificateFile);
        try
        {
            if (!File.Exists(key))
            {
                Make(key, certificate, time.GetUtcNow());
            }
            else if (OwnerFile.IsOpenToOthers(key))
            {
                throw new ConfigurationException($"{key} can be read by others, who could then pass for this gateway: "
                    + $"chmod 600 {key}, or remove it and configure every board anew.");
            }

            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(certificate, key), time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"{certificate} and {key} cannot be used ({e.Message}): restore them, or "
                + "remove both and configure every board anew.");
        }
    }

    /// <summary>A certificate for a server of these names and addresses.</summary>
    /// <param name="names">Host names and IP addresses.</param>
    /// <param name="life">How long it is good.</param>
    public X509Certificate2 Issue(IEnumerable<string> names, TimeSpan life)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MicroFirmware gateway", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerPurpose)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset end = now + life < Certificate.NotAfter ? now + life : Certificate.NotAfter;
        using X509Certificate2 signed = request.Create(
            Certificate, now - s_slack, end, RandomNumberGenerator.GetBytes(SerialOctets));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);

        // Some platforms' TLS needs a key that was imported.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => Certificate.Dispose();

    private static void Make(string keyPath, string certificatePath, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 made = request.CreateSelfSigned(now - s_slack, now + s_life);

        // The key last: without it both are made anew, so a start that was cut short leaves nothing half.
        OwnerFile.Write(certificatePath, System.Text.Encoding.ASCII.GetBytes(made.ExportCertificatePem() + "\n"));
        OwnerFile.Write(keyPath, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    private static X509Extension AlternativeNames(IEnumerable<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                builder.AddIpAddress(address);
            }

            // Boards' TLS compares what it connected to with names only, also where that is an address.
            if (address?.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
