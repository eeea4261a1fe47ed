using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Tests.Trust;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_again_is_the_same_authority()
    {
        using CertificateAuthority first = Open();
        using CertificateAuthority second = Open();

        Assert.Equal(first.Pem, second.Pem);
        Assert.True(second.Certificate.HasPrivateKey);
        Assert.DoesNotContain("PRIVATE", second.Pem);
    }

    [Fact]
    public void Key_file_is_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Open().Dispose();
        string key = _directory.File("authority.key");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<ConfigurationException>(Open).Message);
    }

    [Fact]
    public void Data_directory_that_the_gateway_makes_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = _directory.File("data");
        using DataDirectory data = new(new StorageOptions { DataDirectory = folder });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Files_that_are_damaged_are_named_with_what_to_do()
    {
        Open().Dispose();
        File.WriteAllText(_directory.File("authority.pem"), "-----BEGIN CERTIFICATE-----");

        Assert.Contains("restore them", Assert.Throws<ConfigurationException>(Open).Message);
    }

    [Fact]
    public void Start_cut_short_between_the_two_files_begins_anew()
    {
        Open().Dispose();
        File.Delete(_directory.File("authority.key"));

        using CertificateAuthority again = Open();

        Assert.True(again.Certificate.HasPrivateKey);
    }

    [Fact]
    public void Certificate_fits_the_setting_of_a_board()
    {
        using CertificateAuthority authority = Open();

        Assert.InRange(Convert.ToBase64String(authority.Certificate.RawData).Length, 1, 1_400);
    }

    [Theory]
    [InlineData("gateway.lan", true)]
    [InlineData("192.168.1.10", true)]
    [InlineData("::1", true)]
    [InlineData("evil.lan", false)]
    public void Issued_certificate_is_good_for_its_names(string host, bool isGood)
    {
        using CertificateAuthority authority = Open();
        using X509Certificate2 server =
            authority.Issue(["gateway.lan", "192.168.1.10", "::1"], TimeSpan.FromDays(30));

        Assert.Equal(isGood, server.MatchesHostname(host));
        Assert.True(IsTrusted(server, authority));
    }

    [Fact]
    public void Issued_certificate_of_another_authority_is_not_trusted()
    {
        using CertificateAuthority authority = Open();
        using TemporaryDirectory elsewhere = new();
        using CertificateAuthority other = CertificateAuthority.Open(elsewhere.Path, _time);
        using X509Certificate2 server = other.Issue(["gateway.lan"], TimeSpan.FromDays(30));

        Assert.False(IsTrusted(server, authority));
    }

    [Fact]
    public void Server_certificate_is_kept_until_shortly_before_its_end_and_then_renewed()
    {
        using CertificateAuthority authority = Open();
        using ServerIdentity identity = new(authority, new TlsOptions { Names = "gateway.lan" }, _time);
        X509Certificate2 first = identity.Current;

        _time.Advance(TimeSpan.FromDays(300));
        Assert.Same(first, identity.Current);
        _time.Advance(TimeSpan.FromDays(40));

        Assert.NotEqual(first.SerialNumber, identity.Current.SerialNumber);
        Assert.True(identity.Current.NotAfter > first.NotAfter);
        Assert.True(identity.Current.MatchesHostname("gateway.lan"));
        Assert.True(identity.Current.MatchesHostname("127.0.0.1"));
    }

    private CertificateAuthority Open() => CertificateAuthority.Open(_directory.Path, _time);

    private bool IsTrusted(X509Certificate2 server, CertificateAuthority authority)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().DateTime;
        return chain.Build(server);
    }
}
