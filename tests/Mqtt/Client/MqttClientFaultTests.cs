using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Client;

public sealed class MqttClientFaultTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Connect_to_nobody_says_where()
    {
        using var reserved = new Socket(SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)reserved.LocalEndPoint!).Port;

        MqttException error = await Assert.ThrowsAsync<MqttException>(
            () => MqttClient.ConnectAsync(new MqttClientOptions { Port = port }));

        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.Null(error.ReturnCode);
    }

    [Fact]
    public async Task Refusal_carries_the_return_code()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync(null, new CertificateAuthority());

        MqttException error = await Assert.ThrowsAsync<MqttException>(() => host.ConnectAsync("board-1"));

        Assert.Equal(ConnectReturnCode.NotAuthorized, error.ReturnCode);
    }

    [Fact]
    public async Task Client_certificate_reaches_the_authority()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync(null, new CertificateAuthority());

        await using MqttClient client = await MqttClient.ConnectAsync(
            host.TlsOptions("board-1", TestCertificates.Client));
        MqttException error = await Assert.ThrowsAsync<MqttException>(
            () => MqttClient.ConnectAsync(host.TlsOptions("board-2")));

        Assert.Equal(ConnectReturnCode.NotAuthorized, error.ReturnCode);
        Assert.Equal("CN=board-1", host.Broker.FindSession("board-1")!.Identity);
    }

    [Fact]
    public async Task Connection_closed_by_the_broker_ends_the_client_and_what_waits()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        host.Broker.Handle("held", new Ignores());
        await using MqttClient client = await host.ConnectAsync("a");
        Task waits = client.PublishAsync("held", default, QualityOfService.AtLeastOnce);

        host.Broker.FindSession("a")!.Disconnect();

        await Assert.ThrowsAsync<MqttException>(() => client.Completion.WaitAsync(s_patience));
        await Assert.ThrowsAsync<MqttException>(() => waits.WaitAsync(s_patience));
        await Assert.ThrowsAsync<MqttException>(() => client.PublishAsync("t", default));
    }

    [Fact]
    public async Task Disconnect_ends_well_and_twice()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        MqttClient client = await host.ConnectAsync("a");

        await client.DisconnectAsync();
        await client.DisconnectAsync();

        await client.Completion.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Keep_alive_pings_and_gives_up_on_a_silent_broker()
    {
        var time = new ManualTime();
        var peer = new ScriptedBroker();
        MqttClientOptions options = new() { Time = time, KeepAliveSeconds = 30 };
        await peer.AnswerAsync("20020000");
        await using MqttClient client = await MqttClient.ConnectAsync(options, peer.Stream, default);

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.EndsWith("C000", await peer.ReadAsync("C000"), StringComparison.Ordinal);
        await peer.AnswerAsync("D000");
        await Waiting.UntilAsync(() => client.HasAnswered);
        time.Advance(TimeSpan.FromSeconds(30));
        await peer.ReadAsync("C000C000");
        time.Advance(TimeSpan.FromSeconds(30));

        MqttException error = await Assert.ThrowsAsync<MqttException>(() => client.Completion.WaitAsync(s_patience));
        Assert.Contains("silent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Qos_2_message_that_comes_twice_is_handed_over_once()
    {
        var peer = new ScriptedBroker();
        var inbox = new Inbox();
        await peer.AnswerAsync("20020000");
        await using MqttClient client = await MqttClient.ConnectAsync(
            new MqttClientOptions { OnMessage = inbox.Put, KeepAliveSeconds = 0 }, peer.Stream, default);

        await peer.AnswerAsync("3406000174000141" + "3C06000174000141" + "62020001" + "3406000174000142");

        Assert.Equal("t=A@2", await inbox.NextAsync());
        Assert.Equal("t=B@2", await inbox.NextAsync());
        await peer.ReadAsync("50020001" + "50020001" + "70020001" + "50020001");
    }

    [Theory]
    [InlineData("485454502F312E31")]
    [InlineData("20020200")]
    [InlineData("90030001")]
    public async Task Something_that_is_no_broker_is_told_apart(string answer)
    {
        var peer = new ScriptedBroker();
        await peer.AnswerAsync(answer + "00000000");

        await Assert.ThrowsAsync<MqttException>(
            () => MqttClient.ConnectAsync(new MqttClientOptions(), peer.Stream, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/#")]
    [InlineData("a\0")]
    public async Task Topic_that_is_none_is_the_callers_error(string topic)
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await using MqttClient client = await host.ConnectAsync("a");

        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync(topic, default));
    }

    [Fact]
    public async Task Unsubscribe_ends_the_messages()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using MqttClient client = await host.ConnectAsync("a", inbox.Put);
        await client.SubscribeAsync("t");
        await client.SubscribeAsync("u");
        await client.UnsubscribeAsync("t");

        await client.PublishAsync("t", "1"u8.ToArray());
        await client.PublishAsync("u", "2"u8.ToArray());

        Assert.Equal("u=2@0", await inbox.NextAsync());
    }

    private sealed class Ignores : IPublishHandler
    {
        public void Handle(InboundPublish publish)
        {
        }
    }

    private sealed class CertificateAuthority : IBrokerAuthority
    {
        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            new(attempt.Certificate is { } certificate && certificate.Subject == $"CN={attempt.ClientId}"
                ? ConnectDecision.Accept(certificate.Subject)
                : ConnectDecision.Refuse(ConnectReturnCode.NotAuthorized));

        public bool MayPublish(BrokerSession session, string topic) => true;

        public bool MaySubscribe(BrokerSession session, string filter) => true;
    }

    /// <summary>The other end of a client: says octets, and waits for octets.</summary>
    private sealed class ScriptedBroker
    {
        private readonly Pipe _toClient = new();
        private readonly Pipe _fromClient = new();
        private string _read = "";

        public ScriptedBroker() => Stream = new DuplexStream(_toClient.Reader, _fromClient.Writer);

        public Stream Stream { get; }

        public async Task AnswerAsync(string hex) => await _toClient.Writer.WriteAsync(Convert.FromHexString(hex));

        /// <summary>Reads until what came ends so; everything that came, in hexadecimal.</summary>
        public async Task<string> ReadAsync(string end)
        {
            while (!_read.EndsWith(end, StringComparison.Ordinal))
            {
                ReadResult result = await _fromClient.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
                foreach (ReadOnlyMemory<byte> part in result.Buffer)
                {
                    _read += Convert.ToHexString(part.Span);
                }

                _fromClient.Reader.AdvanceTo(result.Buffer.End);
            }

            return _read;
        }
    }
}
