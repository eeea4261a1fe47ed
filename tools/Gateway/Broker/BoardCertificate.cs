using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Broker;

/// <summary>Whose certificate it is that a board shows.</summary>
internal static class BoardCertificate
{
    // X.520 §6.2.2: id-at-commonName.
    private const string CommonName = "2.5.4.3";

    /// <summary>Whether it bears a device's id: as common name of its subject, or as one of its DNS names.</summary>
    public static bool IsFor(X509Certificate2 certificate, string deviceId) =>
        CommonNamesOf(certificate).Concat(DnsNamesOf(certificate)).Contains(deviceId, StringComparer.Ordinal);

    private static IEnumerable<string?> CommonNamesOf(X509Certificate2 certificate) =>
        from name in certificate.SubjectName.EnumerateRelativeDistinguishedNames()
        where !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName
        select name.GetSingleElementValue();

    private static IEnumerable<string> DnsNamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames());
}
