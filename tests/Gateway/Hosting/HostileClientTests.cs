using System.Net.Sockets;
using System.Text;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>Strangers get a clear error or a closed connection, and the others are served meanwhile.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private RunningGateway _gateway = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _board = await _gateway.EnrolAsync("board-1");
    }

    public async Task DisposeAsync()
    {
        // Whatever happened before, an honest board's share is taken.
        Verdict verdict = await _board.SendAsync(TestBoard.Mine(await _board.FetchAsync(), 1UL << 40));
        Assert.Equal(VerdictCode.Accepted, verdict.Code);
        await _board.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Http_garbage_is_answered_with_400_and_closed()
    {
        byte[] garbage = new byte[4096];
        new Random(5).NextBytes(garbage);
        garbage[100] = (byte)'\n';

        Assert.StartsWith("HTTP/1.1 400", await TalkAsync(_gateway.Host.HttpEndPoint.Port, garbage));
    }

    [Theory]
    [InlineData(3_000, 1, "414")]
    [InlineData(10, 40, "431")]
    public async Task Http_oversized_request_is_refused_before_it_is_read(int pathLength, int fields, string status)
    {
        StringBuilder request = new($"GET /{new string('x', pathLength)} HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < fields; i++)
        {
            request.Append($"X-Field-{i}: {i}\r\n");
        }

        byte[] octets = Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
        Assert.StartsWith($"HTTP/1.1 {status}", await TalkAsync(_gateway.Host.HttpEndPoint.Port, octets));
    }

    [Fact]
    public async Task Http_oversized_field_is_refused()
    {
        string request = $"GET /v1/work HTTP/1.1\r\nHost: x\r\nAuthorization: Micro {new string('a', 9_000)}\r\n\r\n";

        byte[] octets = Encoding.ASCII.GetBytes(request);
        Assert.StartsWith("HTTP/1.1 431", await TalkAsync(_gateway.Host.HttpEndPoint.Port, octets));
    }

    [Fact]
    public async Task Http_connection_above_the_limit_is_closed_and_boards_are_not_kept_out()
    {
        await using RunningGateway small = await RunningGateway.StartAsync(options => options.Http.MaxConnections = 1);
        await using TestBoard board = await small.EnrolAsync("board-1");
        await using TestBoard other = await small.EnrolAsync("board-2");
        int port = small.Host.HttpEndPoint.Port;
        byte[] request = Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        using (TcpClient first = new("127.0.0.1", port))
        {
            await first.GetStream().WriteAsync("GET "u8.ToArray());
            Assert.Equal("", await TalkAsync(port, request));
            await first.GetStream().WriteAsync(request.AsMemory("GET ".Length));
            Assert.StartsWith("HTTP/1.1 200", await ReadAsync(first.GetStream()));
        }
    }

    [Fact]
    public async Task Mqtt_garbage_is_closed_without_an_answer()
    {
        byte[] octets = Encoding.ASCII.GetBytes(new string('G', 5_000));
        Assert.Equal("", await TalkAsync(_gateway.Host.MqttEndPoint.Port, octets));
    }

    [Theory]
    [InlineData("board-1", "board-2")]
    [InlineData("board-1", null)]
    [InlineData("stranger", "stranger")]
    public async Task Mqtt_who_is_not_who_it_says_is_refused(string clientId, string? user)
    {
        Credential credential = Credential.ForMqtt(user ?? "board-1", 1UL << 50, Storage.TestStore.Key);

        MqttException e = await Assert.ThrowsAsync<MqttException>(
            () => ConnectAsync(clientId, user, credential.ToMqttPassword()));

        Assert.Equal(ConnectReturnCode.BadUserNameOrPassword, e.ReturnCode);
    }

    [Fact]
    public async Task Mqtt_password_used_before_is_refused()
    {
        await _gateway.Host.EnrolAsync("board-2", Storage.TestStore.Key);
        string password = Credential.ForMqtt("board-2", 5, Storage.TestStore.Key).ToMqttPassword();
        await using MqttClient first = await ConnectAsync("board-2", "board-2", password);

        MqttException e = await Assert.ThrowsAsync<MqttException>(() => ConnectAsync("board-2", "board-2", password));

        Assert.Equal(ConnectReturnCode.NotAuthorized, e.ReturnCode);
    }

    [Theory]
    [InlineData("micro/1/board-1/share")]
    [InlineData("micro/1/board-1/verdict")]
    [InlineData("micro/1/board-2/verdict")]
    [InlineData("micro/1/job")]
    [InlineData("anything")]
    public async Task Mqtt_publish_to_what_is_not_its_own_closes_the_connection(string topic)
    {
        await using TestBoard other = await _gateway.EnrolAsync("board-2");
        byte[] octets = new byte[ShareRecord.Length];
        TestBoard.Mine(await _board.FetchAsync(), 1).Write(octets, 0, Storage.TestStore.Key, "board-1");

        await Assert.ThrowsAsync<MqttException>(
            () => other.Mqtt.PublishAsync(topic, octets, QualityOfService.AtLeastOnce).WaitAsync(s_patience));

        Assert.Equal(0, _gateway.Scalar("SELECT count(*) FROM shares"));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("micro/1/+/verdict")]
    [InlineData("micro/1/board-1/verdict")]
    [InlineData("$SYS/#")]
    public async Task Mqtt_subscription_to_what_is_not_its_own_is_refused(string filter)
    {
        await using TestBoard other = await _gateway.EnrolAsync("board-2");

        Assert.Null(await other.Mqtt.SubscribeAsync(filter));
    }

    private Task<MqttClient> ConnectAsync(string clientId, string? user, string password) =>
        MqttClient.ConnectAsync(new MqttClientOptions
        {
            Port = _gateway.Host.MqttEndPoint.Port,
            ClientId = clientId,
            UserName = user ?? "",
            Password = Encoding.ASCII.GetBytes(password),
        });

    private static async Task<string> TalkAsync(int port, byte[] octets)
    {
        using TcpClient client = new("127.0.0.1", port);
        try
        {
            await client.GetStream().WriteAsync(octets);
        }
        catch (IOException)
        {
            // Closed before it was read: what was answered can be read all the same.
        }

        return await ReadAsync(client.GetStream());
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        byte[] answer = new byte[4096];
        int length = 0;
        try
        {
            int got;
            while ((got = await stream.ReadAsync(answer.AsMemory(length)).AsTask().WaitAsync(s_patience)) > 0)
            {
                length += got;
            }
        }
        catch (IOException)
        {
            // A reset is a closed connection too.
        }

        return Encoding.ASCII.GetString(answer, 0, length);
    }
}
