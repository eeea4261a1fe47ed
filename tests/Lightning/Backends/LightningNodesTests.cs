using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Tests.Backends.Replay;

namespace MicroFirmware.Lightning.Tests.Backends;

public sealed class LightningNodesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mf-nodes-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("lnd", "LND at https://node.example:8080/")]
    [InlineData("CoreLightning", "Core Lightning at https://node.example:8080/")]
    [InlineData("lnbits", "LNbits at https://node.example:8080/")]
    [InlineData("phoenixd", "phoenixd at https://node.example:8080/")]
    [InlineData("electrum", "Electrum at https://node.example:8080/")]
    public void TryOpen_good_settings_make_the_node(string kind, string name)
    {
        bool good = LightningNodes.TryOpen(
            OptionsOf(kind, "https://node.example:8080", "user:secret-word\n"), out ILightningNode? node, out string p);

        Assert.True(good, p);
        Assert.Equal(name, node!.Name);
        node.Dispose();
    }

    [Theory]
    [InlineData("bank", "https://a:1", "x", "Kind 'bank' is none: write")]
    [InlineData("1", "https://a:1", "x", "Kind '1' is none: write")]
    [InlineData("lnd", "node:8080", "x", "Url is not where a node answers")]
    [InlineData("lnd", "https://me:word@a:1", "x", "without a password")]
    [InlineData("lnd", "http://10.0.0.7:8080", "x", "in the clear: write https")]
    [InlineData("lnd", "https://a:1", null, "CredentialFile is missing")]
    [InlineData("lnd", "https://a:1", "", "holds no credential of lnd")]
    [InlineData("lnbits", "https://a:1", "two words", "holds no credential of lnbits")]
    [InlineData("phoenixd", "https://a:1", "two\nsecret-words", "holds no credential of phoenixd")]
    [InlineData("electrum", "https://a:1", "secret-word", "write user:password")]
    public void TryOpen_bad_settings_say_what_to_do(string kind, string url, string? credential, string expected)
    {
        Assert.False(LightningNodes.TryOpen(OptionsOf(kind, url, credential), out ILightningNode? node, out string p));

        Assert.Null(node);
        Assert.Contains(expected, p);
        Assert.DoesNotContain("secret-word", p);
    }

    [Fact]
    public void TryOpen_file_that_is_not_there_says_so()
    {
        LightningNodeOptions options = OptionsOf("lnd", "https://a:1", null) with
        {
            CredentialFile = Path.Combine(_directory, "nothing"),
        };

        Assert.False(LightningNodes.TryOpen(options, out _, out string problem));
        Assert.Contains("CredentialFile cannot be read", problem);
    }

    [Fact]
    public async Task Lnd_macaroon_file_and_its_certificate_open_the_door_and_another_certificate_does_not()
    {
        using X509Certificate2 own = CertificateOf("CN=lnd");
        using X509Certificate2 other = CertificateOf("CN=lnd");
        byte[] macaroon = [2, 1, 3, 0x6c, 0x6e, 0x64];
        Exchange exchange = new(
            [$"GET /v2/router/track/{TestPayment.Fill("{hash64url}")}", "Grpc-Metadata-macaroon: 0201036c6e64"],
            ["404", """{"error":{"code":5,"message":"payment isn't initiated","details":[]}}"""]);
        await using ReplayServer server = new([exchange, exchange], own);
        string macaroonFile = Path.Combine(_directory, "admin.macaroon");
        string certificateFile = Path.Combine(_directory, "tls.cert");
        await File.WriteAllBytesAsync(macaroonFile, macaroon);
        LightningNodeOptions options = new()
        {
            Kind = "lnd",
            Url = server.Url.AbsoluteUri,
            CredentialFile = macaroonFile,
            CertificateFile = certificateFile,
        };
        Assert.True(LightningNodes.TryOpen(options, out ILightningNode? node, out string problem), problem);
        using ILightningNode lnd = node!;

        PaymentOutcome missing = await lnd.FindAsync(TestPayment.Hash, default);
        await File.WriteAllTextAsync(certificateFile, other.ExportCertificatePem());
        PaymentOutcome wrong = await lnd.FindAsync(TestPayment.Hash, default);
        await File.WriteAllTextAsync(certificateFile, own.ExportCertificatePem());
        PaymentOutcome right = await lnd.FindAsync(TestPayment.Hash, default);

        Assert.Equal((PaymentState.Unknown, PaymentState.Unknown), (missing.State, wrong.State));
        Assert.Equal((PaymentState.Failed, 1), (right.State, server.Left));
        Assert.Empty(server.Problems);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    public async Task Authority_in_the_file_counts_only_for_the_right_name(string name, bool isGood)
    {
        using X509Certificate2 authority = CertificateOf("CN=authority");
        using X509Certificate2 leaf = CertificateOf("CN=node", IPAddress.Parse(name), authority);
        string file = Path.Combine(_directory, "authority.pem");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        await using ReplayServer server = new([new Exchange(["GET /x"], ["200", "{}"])], leaf);
        using HttpClient client = new(PinnedCertificate.NewHandler(file));

        Task<string> answer = client.GetStringAsync(new Uri(server.Url, "x"));

        if (isGood)
        {
            Assert.Equal("{}", await answer);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        }
    }

    private LightningNodeOptions OptionsOf(string kind, string url, string? credential)
    {
        string file = credential is null ? "" : Path.Combine(_directory, "credential");
        if (credential is not null)
        {
            File.WriteAllText(file, credential);
        }

        return new LightningNodeOptions { Kind = kind, Url = url, CredentialFile = file };
    }

    private static X509Certificate2 CertificateOf(
        string subject, IPAddress? name = null, X509Certificate2? authority = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority is null, false, 0, true));
        if (name is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(name);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 made = authority is null
            ? request.CreateSelfSigned(begin, begin.AddYears(30))
            : request.Create(authority, begin, begin.AddYears(29), [1, 2, 3]).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
