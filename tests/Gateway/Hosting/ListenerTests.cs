using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Tests;
using MicroFirmware.Protocol;
using ManualTimers = MicroFirmware.Mqtt.Tests.ManualTime;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>The doors that are closed until somebody sets them, and the limits at each.</summary>
public sealed class ListenerTests : IDisposable
{
    private readonly GatewayCertificates _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Tls_board_mines_over_it()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_files.Use);
        await using TestBoard board = await TlsBoardAsync(gateway, certificate: null);
        await board.ConnectAsync();

        await ShareAsync(board);
    }

    [Fact]
    public async Task Tls_by_the_gateways_own_authority_serves_work_and_mqtt()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        await using TestBoard board = await OwnAuthorityBoardAsync(gateway, "127.0.0.1");
        await board.ConnectAsync();
        using HttpClient http = new(new SocketsHttpHandler { SslOptions = board.Tls! });

        await ShareAsync(board);
        string health = await http.GetStringAsync($"https://{gateway.Host.HttpTlsEndPoint}/healthz");

        Assert.Contains("healthy", health);
    }

    [Fact]
    public async Task Tls_by_the_gateways_own_authority_is_not_taken_under_another_name()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        await using TestBoard board = await OwnAuthorityBoardAsync(gateway, "evil.lan");

        await Assert.ThrowsAnyAsync<Exception>(board.ConnectAsync);
    }

    [Fact]
    public async Task Plain_text_is_for_this_machine_unless_the_owner_wants_it_everywhere()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        EndpointOptions outside = new GatewayOptions().Http;
        outside.Address = "::";

        Assert.Equal(IPAddress.Loopback, outside.PlainEndPoint(isPlainTextWanted: false).Address);
        Assert.Equal(IPAddress.IPv6Any, outside.PlainEndPoint(isPlainTextWanted: true).Address);
        Assert.Equal(IPAddress.IPv6Any, outside.TlsEndPoint.Address);
        Assert.Equal(IPAddress.Loopback, gateway.Host.HttpEndPoint.Address);
    }

    [Fact]
    public async Task Tls_with_client_authority_lets_in_whom_it_signed()
    {
        await using RunningGateway gateway = await StartWithAuthorityAsync();
        await using TestBoard board = await TlsBoardAsync(gateway, TestCertificates.Client);
        await board.ConnectAsync();

        await ShareAsync(board);
    }

    [Fact]
    public async Task Tls_with_client_authority_keeps_out_who_has_no_certificate_or_a_forged_one()
    {
        using X509Certificate2 forged = GatewayCertificates.MakeForged();
        await using RunningGateway gateway = await StartWithAuthorityAsync();
        await using TestBoard bare = await TlsBoardAsync(gateway, certificate: null);
        await using TestBoard forger = await TlsBoardAsync(gateway, forged);

        await Assert.ThrowsAnyAsync<IOException>(bare.ConnectAsync);
        await Assert.ThrowsAnyAsync<IOException>(forger.ConnectAsync);
    }

    [Fact]
    public async Task Tls_with_client_authority_keeps_out_who_shows_another_boards_certificate()
    {
        await using RunningGateway gateway = await StartWithAuthorityAsync();
        await using TestBoard other = await TlsBoardAsync(gateway, TestCertificates.Client, "board-2");

        MqttException e = await Assert.ThrowsAsync<MqttException>(other.ConnectAsync);

        Assert.Equal(ConnectReturnCode.NotAuthorized, e.ReturnCode);
    }

    [Fact]
    public async Task Tls_certificate_that_is_replaced_is_shown_from_the_next_handshake_on()
    {
        ManualTimers time = new();
        using X509Certificate2 renewed = GatewayCertificates.MakeOwn(new X500DistinguishedName("CN=renewed"));
        await using RunningGateway gateway = await RunningGateway.StartAsync(_files.Use, time: time);
        await using TestBoard board = await TlsBoardAsync(gateway, certificate: null);
        await board.ConnectAsync();
        Assert.Equal(TestCertificates.Server.Thumbprint, await ShownAsync(gateway));

        _files.Replace(renewed);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(renewed.Thumbprint, await ShownAsync(gateway));
        await ShareAsync(board);
    }

    [Fact]
    public async Task Tls_switched_off_is_not_served()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Tls.Enabled = false);

        Assert.Null(gateway.Host.HttpTlsEndPoint);
        Assert.Null(gateway.Host.MqttTlsEndPoint);
    }

    [Fact]
    public async Task WebSocket_board_mines_over_it_beyond_the_limit_of_a_request_body()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Mqtt.WebSocketPath = "/mqtt");
        await gateway.Host.EnrolAsync("board-1", TestStore.Key);
        await using TestBoard board = new(gateway.Host.HttpEndPoint.Port, 0, "board-1", TestStore.Key)
        {
            WebSocketPath = "/mqtt",
        };
        await board.ConnectAsync();

        await board.Mqtt.PublishAsync(Topics.Telemetry("board-1"), new byte[3_000], QualityOfService.AtLeastOnce);
        await ShareAsync(board);
    }

    [Theory]
    [InlineData("", HttpStatusCode.NotFound)]
    [InlineData("/mqtt", HttpStatusCode.BadRequest)]
    public async Task WebSocket_path_is_there_only_when_it_is_set(string path, HttpStatusCode expected)
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Mqtt.WebSocketPath = path);
        using HttpClient http = new();

        using HttpResponseMessage answer = await http.GetAsync($"http://{gateway.Host.HttpEndPoint}/mqtt");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Mqtt_above_its_limit_is_refused_and_http_is_not_kept_out()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Mqtt.MaxConnections = 1);
        await using TestBoard first = await gateway.EnrolAsync("board-1");
        await using TestBoard second = await gateway.EnrolAsync("board-2", connect: false);

        MqttException e = await Assert.ThrowsAsync<MqttException>(second.ConnectAsync);

        Assert.Equal(ConnectReturnCode.ServerUnavailable, e.ReturnCode);
        await second.FetchAsync();
        await first.FetchAsync();
    }

    [Fact]
    public async Task Rates_set_are_the_brokers()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(options =>
        {
            options.Mqtt.MaxPacketsPerSecond = 7;
            options.Mqtt.MaxConnectsPerAddressPerSecond = 9;
        });

        BrokerOptions broker = gateway.Host.Room<BrokerOptions>();

        Assert.Equal((7, 9), (broker.MaxPacketsPerSecond, broker.MaxConnectsPerAddressPerSecond));
    }

    [Fact]
    public async Task Rates_by_default_let_in_200_boards_of_one_address_at_once()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        TestBoard[] boards = await Task.WhenAll(
            Enumerable.Range(1, 200).Select(i => gateway.EnrolAsync($"board-{i}", connect: false)));

        await Task.WhenAll(boards.Select(board => board.ConnectAsync()));

        Assert.All(gateway.Host.Devices, device => Assert.True(device.Online));
        foreach (TestBoard board in boards)
        {
            await board.DisposeAsync();
        }
    }

    private Task<RunningGateway> StartWithAuthorityAsync() => RunningGateway.StartAsync(options =>
    {
        _files.Use(options);
        options.Mqtt.ClientAuthorityFile = _files.Authority;
    });

    private static async Task<string> ShownAsync(RunningGateway gateway)
    {
        using TcpClient client = new();
        await client.ConnectAsync(gateway.Host.MqttTlsEndPoint!);
        await using SslStream stream = new(client.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("localhost");
        return stream.RemoteCertificate!.GetCertHashString();
    }

    private static async Task<TestBoard> TlsBoardAsync(
        RunningGateway gateway, X509Certificate2? certificate, string id = "board-1")
    {
        await gateway.Host.EnrolAsync(id, TestStore.Key);
        int port = gateway.Host.MqttTlsEndPoint!.Port;
        return new TestBoard(gateway.Host.HttpEndPoint.Port, port, id, TestStore.Key)
        {
            Tls = new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, shown, _, _) => TestCertificates.IsOurs(shown),
            },
        };
    }

    /// <summary>A board that believes the gateway's own authority and nobody else.</summary>
    private static async Task<TestBoard> OwnAuthorityBoardAsync(RunningGateway gateway, string host)
    {
        await gateway.Host.EnrolAsync("board-1", TestStore.Key);
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(gateway.Host.AuthorityPem));
        return new TestBoard(
            gateway.Host.HttpEndPoint.Port, gateway.Host.MqttTlsEndPoint!.Port, "board-1", TestStore.Key)
        {
            Tls = new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy },
        };
    }

    private static async Task ShareAsync(TestBoard board)
    {
        Verdict verdict = await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        Assert.Equal(VerdictCode.Accepted, verdict.Code);
    }
}
