using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Broker;

namespace MicroFirmware.Gateway.Tests.Broker;

public sealed class BoardCertificateTests
{
    [Theory]
    [InlineData("CN=board-1", "", "board-1", true)]
    [InlineData("O=Farm, CN=board-1, C=DE", "", "board-1", true)]
    [InlineData("CN=shelf 3", "board-1", "board-1", true)]
    [InlineData("O=Farm", "board-2 board-1", "board-1", true)]
    [InlineData("CN=board-1", "", "board-2", false)]
    [InlineData("CN=board-10", "board-11", "board-1", false)]
    [InlineData("CN=Board-1", "", "board-1", false)]
    [InlineData("O=board-1", "", "board-1", false)]
    [InlineData("CN=*", "*", "board-1", false)]
    [InlineData("CN=\"x, CN=board-1\"", "", "board-1", false)]
    [InlineData("O=Farm", "", "", false)]
    public void IsFor_takes_common_name_and_dns_names_as_they_are(
        string subject, string dnsNames, string id, bool expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        if (dnsNames.Length > 0)
        {
            SubjectAlternativeNameBuilder names = new();
            Array.ForEach(dnsNames.Split(' '), names.AddDnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset from = DateTimeOffset.UnixEpoch;
        using X509Certificate2 certificate = request.CreateSelfSigned(from, from.AddYears(100));

        Assert.Equal(expected, BoardCertificate.IsFor(certificate, id));
    }
}
