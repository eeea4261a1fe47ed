using System.Diagnostics.Metrics;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Tests.Fuzz;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Tests.Broker;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Meter_counts_connections_packets_queues_and_drops_by_reason()
    {
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 2, SysInterval = TimeSpan.Zero });
        using var meter = new Reader(broker.Metrics);
        RawClient kept = await ConnectAsync(broker, "kept");
        await kept.SendAsync("SUBSCRIBE id=1 t@1");
        await kept.NextAsync();
        kept.Cut();
        await kept.Served;
        await ConnectAsync(broker, "other clean");
        for (int i = 0; i < 5; i++)
        {
            broker.Publish(new TopicName("t"), new byte[1], QualityOfService.AtLeastOnce);
        }

        meter.Read();

        Assert.Equal(1, meter["mqtt.connections"]);
        Assert.Equal(1, meter["mqtt.connections.closed ConnectionLost"]);
        Assert.Equal(2, meter["mqtt.messages.queued"]);
        Assert.Equal(3, meter["mqtt.messages.dropped QueueFull"]);
        Assert.Equal(1, meter["mqtt.packets.received"]);
    }

    [Fact]
    public Task Sys_topics_are_retained_and_renewed() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 $SYS/broker/clients/connected@0 $SYS/broker/uptime@0
        a< SUBACK id=1 0 0
        a< PUBLISH $SYS/broker/clients/connected=0@0R
        a< PUBLISH $SYS/broker/uptime=0@0R
        wait 10
        a< PUBLISH $SYS/broker/uptime=10@0
        a< PUBLISH $SYS/broker/clients/connected=1@0
        """, new BrokerOptions());

    [Fact]
    public async Task One_bad_client_writes_ten_lines_a_second_and_the_rest_is_counted()
    {
        var time = new ManualTime();
        var log = new ErrorLog();
        var options = new BrokerOptions { PenaltyTime = TimeSpan.Zero };
        using var broker = new MqttBroker(options, new OpenAuthority(), time, log);
        for (int i = 0; i < 500; i++)
        {
            var client = new RawClient(broker);
            await client.SendAsync("hex 00 00");
            Assert.Equal("CLOSED", await client.NextAsync());
            await client.Served;
        }

        Assert.Equal(2 * 10, log.Lines);
        time.Advance(TimeSpan.FromSeconds(1));
        var next = new RawClient(broker);
        await next.SendAsync("hex 00 00");
        await next.Served;
        Assert.Contains("ConnectExpected (490 left out)", log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_id_in_a_log_line_cannot_forge_another_line()
    {
        var log = new ErrorLog();
        using var broker = new MqttBroker(new BrokerOptions(), new Refuses(), new ManualTime(), log);
        var client = new RawClient(broker);

        await client.SendAsync("hex 10 10 00 04 4d 51 54 54 04 02 00 00 00 04 61 0a 1b 62");
        await client.Served;

        Assert.Contains("a??b", log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("a\n", log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_is_never_logged()
    {
        var log = new ErrorLog();
        using var broker = new MqttBroker(new BrokerOptions(), new Refuses(), new ManualTime(), log);
        var client = new RawClient(broker);

        await client.SendAsync("CONNECT a clean user=name password=hush");
        await client.Served;

        Assert.Contains("refused", log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", new ConnectAttempt("a", "u", "hush"u8.ToArray(), null, null).ToString());
    }

    private static MqttBroker NewBroker(BrokerOptions options) =>
        new(options, new OpenAuthority(), new ManualTime());

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string text)
    {
        var client = new RawClient(broker);
        await client.SendAsync($"CONNECT {text}");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }

    private sealed class Refuses : IBrokerAuthority
    {
        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            new(ConnectDecision.Refuse(ConnectReturnCode.BadUserNameOrPassword));

        public bool MayPublish(BrokerSession session, string topic) => false;

        public bool MaySubscribe(BrokerSession session, string filter) => false;
    }

    /// <summary>
    /// Adds up what one broker's instruments say; other tests' brokers are told apart by their meter.
    /// </summary>
    private sealed class Reader : IDisposable
    {
        private readonly Dictionary<string, long> _values = [];
        private readonly MeterListener _listener = new();

        public Reader(BrokerMetrics metrics)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == metrics.Meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
            _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
            _listener.Start();
        }

        public long this[string name] => _values.GetValueOrDefault(name);

        public void Read() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string name = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
            _values[name] = this[name] + value;
        }
    }
}
