using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>A certificate authority made for one test run, and what it signed.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset s_from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_until = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Authority { get; } = MakeAuthority();

    public static X509Certificate2 Server { get; } = Make("localhost", 1);

    public static X509Certificate2 Client { get; } = Make("board-1", 2);

    /// <summary>True for what this run's authority signed.</summary>
    public static bool IsOurs(X509Certificate? certificate) =>
        certificate is not null && certificate.Issuer == Authority.Subject;

    /// <summary>Writes the authority's certificate where an outside program can read it.</summary>
    public static string WriteAuthority()
    {
        string path = Path.Combine(Path.GetTempPath(), $"mqtt-test-ca-{Environment.ProcessId}.pem");
        File.WriteAllText(path, Authority.ExportCertificatePem());
        return path;
    }

    private static X509Certificate2 MakeAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MQTT tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return Portable(request.CreateSelfSigned(s_from, s_until));
    }

    private static X509Certificate2 Make(string name, byte serial)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 signed = request.Create(Authority, s_from, s_until.AddDays(-1), [serial]);
        return Portable(signed.CopyWithPrivateKey(key));
    }

    /// <summary>Some platforms' TLS needs a key that was imported, not one that was just made.</summary>
    private static X509Certificate2 Portable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
