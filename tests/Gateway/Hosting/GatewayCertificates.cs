using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Mqtt.Tests;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>This run's certificates as an operator has them: files.</summary>
internal sealed class GatewayCertificates : IDisposable
{
    public const string Password = "correct horse";

    private static readonly PbeParameters s_encryption =
        new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);

    private readonly TemporaryDirectory _directory = new();

    public GatewayCertificates()
    {
        X509Certificate2 server = TestCertificates.Server;
        using ECDsa key = server.GetECDsaPrivateKey()!;
        Certificate = Write("server.pem", server.ExportCertificatePem());
        Key = Write("server.key", key.ExportPkcs8PrivateKeyPem());
        EncryptedKey = Write("encrypted.key", key.ExportEncryptedPkcs8PrivateKeyPem(Password, s_encryption));
        Authority = Write("authority.pem", TestCertificates.Authority.ExportCertificatePem());
        Pkcs12 = _directory.File("server.p12");
        File.WriteAllBytes(Pkcs12, server.Export(X509ContentType.Pkcs12, Password));
    }

    public string Certificate { get; }

    public string Key { get; }

    public string EncryptedKey { get; }

    public string Pkcs12 { get; }

    public string Authority { get; }

    /// <summary>A certificate that bears the authority's name, and not its signature.</summary>
    public static X509Certificate2 MakeForged() => MakeOwn(TestCertificates.Authority.SubjectName);

    /// <summary>A certificate that nobody but its owner signed.</summary>
    public static X509Certificate2 MakeOwn(X500DistinguishedName subject)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(
            TestCertificates.Client.NotBefore, TestCertificates.Client.NotAfter);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The owner renews what the gateway shows.</summary>
    public void Replace(X509Certificate2 server)
    {
        using ECDsa key = server.GetECDsaPrivateKey()!;
        File.WriteAllText(Certificate, server.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A gateway with a TLS door.</summary>
    public void Use(GatewayOptions options)
    {
        options.Mqtt.CertificateFile = Certificate;
        options.Mqtt.CertificateKeyFile = Key;
    }

    public void Dispose() => _directory.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(_directory.File(name), text);
        return _directory.File(name);
    }
}
