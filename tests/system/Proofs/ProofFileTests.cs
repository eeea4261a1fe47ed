using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Micro;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>What <c>micro proof verify</c> says of files that are not what it needs.</summary>
public sealed class ProofFileTests : IDisposable
{
    private const string Proof = """{"headers":["00"]}""";
    private const string Attestation =
        """{"result":"valid","attestation":{"payload":"e30","protected":"e30","signature":"AA"}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-proof-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("payment.json", "", ExitCode.Configuration, "payment.json cannot be understood")]
    [InlineData("payment.json", "null", ExitCode.Configuration, "payment.json cannot be understood")]
    [InlineData("payment.json", """{"position":-1}""", ExitCode.Configuration, "payment.json cannot be understood")]
    [InlineData("payment.json", null, ExitCode.Unreachable, "payment.json cannot be read")]
    [InlineData("attestation.json", "[]", ExitCode.Configuration, "attestation.json cannot be understood")]
    [InlineData("attestation.json", "{}", ExitCode.Configuration, "attestation.json holds no attestation")]
    [InlineData("attestation.json", null, ExitCode.Unreachable, "attestation.json cannot be read")]
    [InlineData("attestation.json", """{"attestation":{}}""", ExitCode.NotProven, "not an attestation, or not whole")]
    [InlineData("attestation.json", Attestation, ExitCode.NotProven, "not an attestation of a proof")]
    [InlineData("authority.pem", "ha", ExitCode.Configuration, "authority.pem is no certificate")]
    [InlineData("authority.pem", null, ExitCode.Unreachable, "authority.pem cannot be read")]
    internal async Task File_that_is_not_what_is_needed_is_named(
        string name, string? text, ExitCode expected, string said)
    {
        Write("payment.json", Proof);
        Write("attestation.json", Attestation);
        Write("authority.pem", Certificate());
        File.Delete(InFolder(name));
        Write(name, text);

        ExitCode code = (ExitCode)await MicroCommandLine.RunAsync(
            ["proof", "verify", InFolder("attestation.json"), InFolder("payment.json"), "--ca",
                InFolder("authority.pem")],
            new Terminal(_output, _error, false, false));

        Assert.Equal(expected, code);
        Assert.Contains(said, _error.ToString());
        Assert.Contains("next:", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=somebody", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate =
            request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(InFolder(name), text);
        }
    }
}
