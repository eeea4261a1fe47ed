using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>What the gateway shows of itself in a TLS handshake.</summary>
/// <param name="Certificate">Its certificate, with the private key.</param>
/// <param name="Chain">What leads from there to an authority that boards know; may be empty.</param>
internal sealed record TlsIdentity(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="CryptographicException">What is in them is no certificate with its key.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static TlsIdentity Load(MqttOptions options)
    {
        X509Certificate2Collection chain = [];
        string file = options.CertificateFile;
        if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12)
        {
            chain.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(file, options.CertificatePassword));
            X509Certificate2 own = chain.FirstOrDefault(certificate => certificate.HasPrivateKey)
                ?? throw new CryptographicException("It holds no private key.");
            chain.Remove(own);
            return new TlsIdentity(own, chain);
        }

        chain.ImportFromPemFile(file);
        string keyFile = options.CertificateKeyFile.Length > 0 ? options.CertificateKeyFile : file;
        using X509Certificate2 read = options.CertificatePassword.Length > 0
            ? X509Certificate2.CreateFromEncryptedPemFile(file, options.CertificatePassword, keyFile)
            : X509Certificate2.CreateFromPemFile(file, keyFile);
        chain.RemoveAt(0);

        // Some platforms' TLS needs a key that was imported.
        byte[] imported = read.Export(X509ContentType.Pkcs12);
        return new TlsIdentity(X509CertificateLoader.LoadPkcs12(imported, null), chain);
    }
}
