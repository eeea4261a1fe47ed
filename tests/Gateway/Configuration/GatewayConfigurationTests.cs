using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Configuration;

public sealed class GatewayConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_nothing_configured_listens_on_loopback_only()
    {
        GatewayOptions options = Load();

        Assert.Equal("127.0.0.1", options.Http.Address);
        Assert.Equal("127.0.0.1", options.Mqtt.Address);
        Assert.Equal(1883, options.Mqtt.Port);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Shares.Interval);
    }

    [Fact]
    public void Load_file_and_command_line_command_line_wins()
    {
        WriteFile("""{ "Http": { "Port": 81 }, "Shares": { "Interval": "7s" } }""");

        GatewayOptions options = Load("--Http:Port=82");

        Assert.Equal(82, options.Http.Port);
        Assert.Equal(TimeSpan.FromSeconds(7), options.Shares.Interval);
    }

    [Fact]
    public void Load_environment_overrides_file_and_ignores_what_is_not_its_own()
    {
        WriteFile("""{ "Storage": { "QueueMaxEntries": 5000 } }""");
        Environment.SetEnvironmentVariable("MICRO_STORAGE__QUEUEMAXENTRIES", "6000");
        Environment.SetEnvironmentVariable("MICRO_SOMETHING_ELSE", "x");
        try
        {
            Assert.Equal(6000, Load().Storage.QueueMaxEntries);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MICRO_STORAGE__QUEUEMAXENTRIES", null);
            Environment.SetEnvironmentVariable("MICRO_SOMETHING_ELSE", null);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/metrics")]
    [InlineData("https://otlp.lan/", "https://otlp.lan/v1/metrics")]
    [InlineData("https://otlp.lan/own/path", "https://otlp.lan/own/path")]
    public void Load_section_within_a_section_and_the_path_of_a_collector(string endpoint, string address)
    {
        WriteFile("""{ "Metrics": { "Prometheus": false, "Otlp": { "Interval": "5s" } } }""");

        MetricsOptions metrics = Load($"--Metrics:Otlp:Endpoint={endpoint}").Metrics;

        Assert.Equal((false, TimeSpan.FromSeconds(5)), (metrics.Prometheus, metrics.Otlp.Interval));
        Assert.Equal(address, metrics.Otlp.Address!.ToString());
    }

    [Theory]
    [InlineData("2s", 2_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("00:00:30", 30_000)]
    public void Load_duration_is_read_as_people_write_it(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Load($"--Shares:Interval={text}").Shares.Interval);

    [Theory]
    [InlineData("Http:Port", "70000", "0 to 65535")]
    [InlineData("Http:Port", "eighty", "whole number")]
    [InlineData("Mqtt:Address", "localhost:1883", "IP address")]
    [InlineData("Mqtt:MaxConnections", "0", "1 to 1000000")]
    [InlineData("Mqtt:TlsPort", "70000", "0 to 65535")]
    [InlineData("Mqtt:TlsPort", "yes", "whole number")]
    [InlineData("Http:TlsPort", "-1", "0 to 65535")]
    [InlineData("Tls:Enabled", "on", "neither true nor false")]
    [InlineData("Tls:Names", "gateway.lan,not a name", "for example gateway.lan")]
    [InlineData("Owner:MaxFailuresPerMinute", "0", "1 to 1000")]
    [InlineData("Owner:JoinCodeLife", "8d", "out of range")]
    [InlineData("Mqtt:WebSocketPath", "mqtt", "for example /mqtt")]
    [InlineData("Mqtt:WebSocketPath", "/{path}", "for example /mqtt")]
    [InlineData("Mqtt:WebSocketPath", "/healthz", "not one of /v1, /healthz")]
    [InlineData("Mqtt:KeepSessions", "1", "neither true nor false")]
    [InlineData("Mqtt:MaxPacketsPerSecond", "-1", "0 to 1000000")]
    [InlineData("Mqtt:MaxConnectsPerAddressPerSecond", "1000001", "0 to 1000000")]
    [InlineData("Storage:DataDirectory", "", "name a directory")]
    [InlineData("Storage:BatchDelay", "2s", "00:00:00 to 00:00:01")]
    [InlineData("Storage:BatchMaxEntries", "-1", "1 to 100000")]
    [InlineData("Shares:Interval", "10", "duration")]
    [InlineData("Shares:Interval", "10ms", "out of range")]
    [InlineData("Shares:MinWork", "0", "out of range")]
    [InlineData("Shares:StartWork", "-5", "whole number from 0 on")]
    [InlineData("Shares:StartWork", "1", "64 to")]
    [InlineData("Devices:MaxDevices", "0", "1 to 10000000")]
    [InlineData("Metrics:Otlp:Endpoint", "collector:4318", "write for example http://127.0.0.1:4318")]
    [InlineData("Metrics:Otlp:Interval", "10ms", "00:00:01 to 01:00:00")]
    public void Load_bad_value_names_key_value_and_remedy(string key, string value, string remedy)
    {
        ConfigurationException e = Assert.Throws<ConfigurationException>(() => Load($"--{key}={value}"));

        Assert.Contains($"{key} = '", e.Message);
        Assert.Contains(remedy, e.Message);
    }

    [Theory]
    [InlineData("--Http:Prot=1", "Http:Prot")]
    [InlineData("--Metrics:Otlp:Endpont=x", "Metrics:Otlp:Endpont")]
    [InlineData("--Metrics:Otlp=x", "Metrics:Otlp")]
    [InlineData("--Htpp:Port=1", "Htpp")]
    public void Load_unknown_key_is_named_with_the_known_ones(string argument, string key)
    {
        ConfigurationException e = Assert.Throws<ConfigurationException>(() => Load(argument));

        Assert.Contains(key, e.Message);
        Assert.Contains("known here are", e.Message);
    }

    [Fact]
    public void Load_nothing_configured_opens_no_further_door()
    {
        GatewayOptions options = Load();

        Assert.Equal("", options.Mqtt.WebSocketPath);
        Assert.False(options.Mqtt.KeepSessions);
        Assert.False(options.Tls.PlainText);
        Assert.False(options.Owner.TrustLoopback);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9080, 8443)]
    public void Load_port_of_tls_is_the_usual_one_unless_the_system_chooses_the_other(int port, int tls)
    {
        GatewayOptions options = Load($"--Http:Port={port}", $"--Mqtt:Port={port}");

        Assert.Equal(tls, options.Http.TlsPort);
        Assert.Equal(tls == 0 ? 0 : 8883, options.Mqtt.TlsPort);
    }

    [Theory]
    [InlineData("--Mqtt:CertificateFile=server.pem", "Mqtt:CertificateFile = 'server.pem' needs Tls:Enabled=true")]
    [InlineData("--Mqtt:ClientAuthorityFile=boards.pem", "Mqtt:ClientAuthorityFile = 'boards.pem' needs Tls:Enabled")]
    [InlineData("--Http:Address=0.0.0.0", "Http:Address = '0.0.0.0' would be served neither")]
    [InlineData("--Mqtt:Address=::", "Mqtt:Address = '::' would be served neither")]
    public void Load_without_tls_refuses_what_needs_it(string argument, string problem)
    {
        Load("--Tls:Enabled=false");
        Load("--Tls:Enabled=false", "--Tls:PlainText=true", "--Http:Address=0.0.0.0");

        ConfigurationException e =
            Assert.Throws<ConfigurationException>(() => Load("--Tls:Enabled=false", argument));

        Assert.Contains(problem, e.Message);
    }

    [Theory]
    [InlineData("missing.pem", "cannot be used")]
    [InlineData("broken.pem", "cannot be used")]
    public void Load_tls_without_a_usable_certificate_names_the_key(string file, string problem)
    {
        File.WriteAllText(_directory.File("broken.pem"), "-----BEGIN CERTIFICATE-----");
        string path = _directory.File(file);

        ConfigurationException e = Assert.Throws<ConfigurationException>(
            () => Load($"--Mqtt:CertificateFile={path}"));

        Assert.Contains("Mqtt:CertificateFile = '", e.Message);
        Assert.Contains(problem, e.Message);
    }

    [Fact]
    public void Load_certificates_as_operators_have_them_are_taken()
    {
        using GatewayCertificates files = new();
        string pem = $"--Mqtt:CertificateFile={files.Certificate}";
        string password = $"--Mqtt:CertificatePassword={GatewayCertificates.Password}";

        Load(pem, $"--Mqtt:CertificateKeyFile={files.Key}");
        Load(pem, $"--Mqtt:CertificateKeyFile={files.EncryptedKey}", password);
        Load($"--Mqtt:CertificateFile={files.Pkcs12}", password);
    }

    [Fact]
    public void Load_wrong_password_is_a_problem_and_is_not_shown()
    {
        using GatewayCertificates files = new();

        ConfigurationException e = Assert.Throws<ConfigurationException>(() => Load(
            $"--Mqtt:CertificateFile={files.Pkcs12}", "--Mqtt:CertificatePassword=swordfish"));
        ConfigurationException misspelt = Assert.Throws<ConfigurationException>(
            () => Load("--Mqtt:CertificatPassword=swordfish"));

        Assert.Contains("Mqtt:CertificateFile", e.Message);
        Assert.Contains("Mqtt:CertificatPassword", misspelt.Message);
        Assert.DoesNotContain("swordfish", e.Message + misspelt.Message);
    }

    [Fact]
    public void Load_several_problems_are_told_at_once()
    {
        ConfigurationException e =
            Assert.Throws<ConfigurationException>(() => Load("--Http:Port=-1", "--Mqtt:Port=-1"));

        Assert.Contains("Http:Port", e.Message);
        Assert.Contains("Mqtt:Port", e.Message);
    }

    [Fact]
    public void Load_broken_file_is_named()
    {
        WriteFile("{ \"Http\": ");

        Assert.Contains("appsettings.json", Assert.Throws<ConfigurationException>(() => Load()).Message);
    }

    private GatewayOptions Load(params string[] args) => GatewayConfiguration.Load(args, _directory.Path);

    private void WriteFile(string json) => File.WriteAllText(_directory.File(GatewayConfiguration.FileName), json);
}
