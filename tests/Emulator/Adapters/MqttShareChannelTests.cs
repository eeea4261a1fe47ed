using System.Text;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Tests;

namespace MicroFirmware.Emulator.Tests.Adapters;

public sealed class MqttShareChannelTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _changes = new(0);
    private readonly ChannelEvent _event = new();
    private readonly MqttShareChannel _channel;
    private KestrelBroker _broker = null!;

    public MqttShareChannelTests() => _channel = new MqttShareChannel(TimeProvider.System, () => _changes.Release());

    public async Task InitializeAsync() => _broker = await KestrelBroker.StartAsync();

    public async Task DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _broker.DisposeAsync();
        _changes.Dispose();
    }

    [Fact]
    public async Task Share_published_is_acknowledged_under_its_handle()
    {
        await OpenAsync();

        int first = _channel.Publish("micro/1/b/share", [1], 1, false);
        int second = _channel.Publish("micro/1/b/share", [2], 1, false);

        Assert.True(first > 0 && second > 0 && first != second);
        var acknowledged = new HashSet<int>();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(ChannelEventKind.Acknowledged, await NextAsync());
            acknowledged.Add(_event.Handle);
        }

        Assert.Equal([first, second], acknowledged);
    }

    [Fact]
    public async Task Message_of_a_subscription_arrives_with_topic_and_payload()
    {
        await OpenAsync();
        await using Mqtt.Client.MqttClient gateway = await _broker.ConnectAsync("gateway");

        await gateway.PublishAsync("micro/1/job", new byte[] { 7, 8 }, QualityOfService.AtLeastOnce);

        Assert.Equal(ChannelEventKind.Message, await NextAsync());
        Assert.Equal("micro/1/job", _event.Topic);
        Assert.Equal([7, 8], _event.Payload);
    }

    [Fact]
    public async Task Retained_message_comes_after_the_channel_is_open()
    {
        await using Mqtt.Client.MqttClient gateway = await _broker.ConnectAsync("gateway");
        await gateway.PublishAsync("micro/1/job", new byte[] { 7 }, QualityOfService.AtLeastOnce, retain: true);

        await OpenAsync();

        Assert.Equal(ChannelEventKind.Message, await NextAsync());
    }

    [Fact]
    public async Task Nothing_can_be_published_before_the_channel_is_open()
    {
        Assert.Equal(0, _channel.Publish("micro/1/b/share", [1], 1, false));
        await OpenAsync();
        Assert.NotEqual(0, _channel.Publish("micro/1/b/share", [1], 1, false));
    }

    [Fact]
    public async Task Broker_that_goes_away_closes_the_channel()
    {
        await OpenAsync();

        await _broker.DisposeAsync();

        Assert.Equal(ChannelEventKind.Closed, await NextAsync());
        Assert.Equal(0, _channel.Publish("micro/1/b/share", [1], 1, false));
    }

    [Fact]
    public async Task Broker_that_refuses_closes_the_channel()
    {
        await using KestrelBroker strict = await KestrelBroker.StartAsync(authority: new NobodyMay());
        _channel.Open(Options(strict.Port));

        Assert.Equal(ChannelEventKind.Closed, await NextAsync());
    }

    [Fact]
    public async Task Leaving_in_order_leaves_no_will()
    {
        string? will = null;
        using IDisposable watch = _broker.Broker.Subscribe("#", (topic, payload) =>
            will = $"{topic}={Encoding.UTF8.GetString(payload.Span)}");
        await OpenAsync();

        await _channel.DisposeAsync();
        await using Mqtt.Client.MqttClient next = await _broker.ConnectAsync("after");
        await next.PublishAsync("sentinel", "x"u8.ToArray(), QualityOfService.AtLeastOnce);

        Assert.Equal("sentinel=x", will);
    }

    [Fact]
    public async Task Gateway_over_tls_is_refused_rather_than_spoken_to_in_plain_text()
    {
        ChannelOptions options = Options(_broker.Port);
        options.Gateway = new GatewayAddress("127.0.0.1", 8080, _broker.Port, true);
        _channel.Open(options);

        Assert.Equal(ChannelEventKind.Closed, await NextAsync());
    }

    private static ChannelOptions Options(int port) => new()
    {
        Gateway = new GatewayAddress("127.0.0.1", 8080, port, false),
        ClientId = "b",
        User = "b",
        Password = "secret",
        WillTopic = "micro/1/b/status",
        WillPayload = "offline"u8.ToArray(),
        Subscriptions = ["micro/1/job", "micro/1/b/verdict"],
        KeepAliveSeconds = 30,
    };

    private async Task OpenAsync()
    {
        _channel.Open(Options(_broker.Port));
        Assert.Equal(ChannelEventKind.Opened, await NextAsync());
    }

    private async Task<ChannelEventKind> NextAsync()
    {
        ChannelEventKind kind;
        while ((kind = _channel.Poll(_event)) == ChannelEventKind.None)
        {
            Assert.True(await _changes.WaitAsync(s_deadline), "nothing happened");
        }

        return kind;
    }

    private sealed class NobodyMay : IBrokerAuthority
    {
        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            ValueTask.FromResult(ConnectDecision.Refuse(ConnectReturnCode.NotAuthorized));

        public bool MayPublish(BrokerSession session, string topic) => false;

        public bool MaySubscribe(BrokerSession session, string filter) => false;
    }
}
