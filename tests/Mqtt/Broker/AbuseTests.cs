using System.Net;
using System.Text;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Tests.Broker;

/// <summary>What a bad client can do is bounded; what it costs the good ones is measured in tests/bench.</summary>
public sealed class AbuseTests
{
    [Fact]
    public Task Connect_that_does_not_come_is_closed() => Script.RunAsync("""
        a> hex 10
        wait 9
        b> CONNECT b clean
        b< CONNACK Accepted
        wait 2
        a< CLOSED
        b< nothing
        """);

    [Fact]
    public Task Connect_that_drips_is_closed() => Script.RunAsync("""
        a> hex 10 0d 00
        wait 5
        a> hex 04 4d 51
        wait 5
        a> hex 54 54
        wait 1
        a< CLOSED
        """);

    [Fact]
    public Task Packet_that_drips_is_closed_though_keep_alive_is_off() => Script.RunAsync("""
        a> CONNECT a clean keep=0
        a< CONNACK Accepted
        a> PINGREQ
        a< PINGRESP
        a> hex 30 20 00 01
        wait 29
        a> hex 61
        wait 2
        a< CLOSED
        """);

    [Fact]
    public Task Giant_remaining_length_is_closed_before_its_octets_come() => Script.RunAsync("""
        a> hex 10 ff ff ff 7f
        a< CLOSED
        b> CONNECT b clean
        b< CONNACK Accepted
        b> hex 30 ff ff ff 7f
        b< CLOSED
        """);

    [Fact]
    public Task Connect_larger_than_its_own_limit_is_closed() => Script.RunAsync("""
        a> hex 10 81 40
        a< CLOSED
        """);

    [Fact]
    public async Task Topic_bomb_leaves_nothing_behind()
    {
        using var broker = NewBroker(new BrokerOptions());
        RawClient client = await ConnectAsync(broker, "bomber");

        for (int i = 0; i < 10_000; i++)
        {
            await client.SendAsync($"PUBLISH bomb/{i}=x@0");
        }

        await FenceAsync(client);
        Assert.Equal(0, broker.Router.FilterCount);
        Assert.Equal(0, broker.Router.Retained.Count);
    }

    [Fact]
    public async Task Subscription_bomb_is_refused_at_the_limit_and_forgotten_with_the_session()
    {
        using var broker = NewBroker(new BrokerOptions { MaxSubscriptions = 50 });
        RawClient client = await ConnectAsync(broker, "bomber");

        for (int i = 1; i <= 200; i++)
        {
            await client.SendAsync($"SUBSCRIBE id={i} bomb/+/{i}/#@1");
            Assert.Equal($"SUBACK id={i} {(i <= 50 ? 1 : 128)}", await client.NextAsync());
        }

        Assert.Equal(50, broker.Router.FilterCount);
        client.Cut();
        await client.Served;
        Assert.Equal(0, broker.Router.FilterCount);
    }

    [Fact]
    public async Task More_filters_in_one_packet_than_the_limit_close()
    {
        using var broker = NewBroker(new BrokerOptions { MaxSubscriptions = 3 });
        RawClient client = await ConnectAsync(broker, "bomber");

        await client.SendAsync("SUBSCRIBE id=1 a@0 b@0 c@0 d@0");

        Assert.Equal("CLOSED", await client.NextAsync());
    }

    [Fact]
    public async Task Retained_flood_stops_at_both_limits()
    {
        using var broker = NewBroker(new BrokerOptions { MaxRetainedMessages = 100, MaxRetainedBytes = 2_000 });
        RawClient client = await ConnectAsync(broker, "flooder");

        for (int i = 0; i < 500; i++)
        {
            await client.SendAsync($"PUBLISH {i:d3}=0123456@0R");
        }

        await FenceAsync(client);
        Assert.Equal(100, broker.Router.Retained.Count);
        await client.SendAsync($"PUBLISH 000={new string('x', 2_000)}@0R");
        await client.SendAsync("SUBSCRIBE id=1 000@0");
        Assert.Equal("SUBACK id=1 0", await client.NextAsync());
        await FenceAsync(client);
        Assert.Equal(99, broker.Router.Retained.Count);
        Assert.Equal(401, broker.Metrics.MessagesDropped);
    }

    [Fact]
    public async Task Reader_that_never_reads_is_closed_and_its_publisher_goes_on()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 20, MaxOutboundInFlight = 10 }, time);
        RawClient reader = await ConnectAsync(broker, "reader");
        await reader.SendAsync("SUBSCRIBE id=1 t@1");
        Assert.Equal("SUBACK id=1 1", await reader.NextAsync());
        RawClient writer = await ConnectAsync(broker, "writer");

        for (int i = 1; i <= 20; i++)
        {
            await writer.SendAsync($"PUBLISH t={i}@1 id={i}");
            Assert.Equal($"PUBACK id={i}", await writer.NextAsync());
        }

        await writer.SendAsync("PUBLISH t=21@1 id=21");
        await Waiting.UntilAsync(() => broker.FindSession("reader")!.QueuedMessages >= 20);
        Assert.InRange(broker.FindSession("reader")!.QueuedMessages, 20, 21);
        await Waiting.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return broker.FindSession("reader") is null;
        });
        Assert.Equal("PUBACK id=21", await writer.NextAsync());
        await writer.SendAsync("PUBLISH t=22@1 id=22");
        Assert.Equal("PUBACK id=22", await writer.NextAsync());
    }

    [Fact]
    public async Task Reader_that_reads_slowly_gets_everything_and_its_publisher_waits()
    {
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 20, MaxOutboundInFlight = 10 });
        RawClient reader = await ConnectAsync(broker, "reader");
        await reader.SendAsync("SUBSCRIBE id=1 t@1");
        await reader.NextAsync();
        RawClient writer = await ConnectAsync(broker, "writer");
        const int count = 300;
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; i <= count; i++)
            {
                await writer.SendAsync($"PUBLISH t={i}@1 id={i}");
            }
        });

        for (int i = 1; i <= count; i++)
        {
            Assert.Equal($"PUBLISH t={i}@1 id={i}", await reader.NextAsync());
            Assert.InRange(broker.FindSession("reader")!.QueuedMessages, 0, 40);
            await reader.SendAsync($"PUBACK id={i}");
        }

        await writing;
        for (int i = 1; i <= count; i++)
        {
            Assert.Equal($"PUBACK id={i}", await writer.NextAsync());
        }

        Assert.Equal(0, broker.Metrics.MessagesDropped);
    }

    [Fact]
    public async Task Host_that_publishes_to_a_reader_that_never_acknowledges_is_told_and_the_reader_closed()
    {
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 5 });
        RawClient reader = await ConnectAsync(broker, "reader");
        await reader.SendAsync("SUBSCRIBE id=1 verdict@1");
        await reader.NextAsync();
        var topic = new TopicName("verdict");
        BrokerSession session = broker.FindSession("reader")!;

        bool[] taken = [.. Enumerable.Range(0, 11)
            .Select(_ => session.TryPublish(topic, new byte[1], QualityOfService.AtLeastOnce))];

        Assert.Equal([.. Enumerable.Repeat(true, 10), false], taken);
        Assert.False(session.IsConnected);
    }

    [Fact]
    public async Task Qos_0_flood_to_a_slow_reader_is_dropped_not_kept()
    {
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 10 });
        RawClient reader = await ConnectAsync(broker, "reader");
        await reader.SendAsync("SUBSCRIBE id=1 t@0");
        await reader.NextAsync();
        RawClient writer = await ConnectAsync(broker, "writer");
        string large = new('x', 1_000);

        for (int i = 0; i < 5_000; i++)
        {
            await writer.SendAsync($"PUBLISH t={large}@0");
        }

        await FenceAsync(writer);
        Assert.InRange(broker.FindSession("reader")!.QueuedMessages, 0, 10);
        Assert.True(broker.Metrics.MessagesDropped > 1_000);
        Assert.Equal($"PUBLISH t={large}@0", await reader.NextAsync());
    }

    [Fact]
    public async Task Client_that_pings_and_never_reads_is_not_answered_without_end()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 10 }, time);
        RawClient client = await ConnectAsync(broker, "pinger");
        byte[] pings = [.. Enumerable.Repeat(new byte[] { 0xc0, 0 }, 100_000).SelectMany(p => p)];

        Task sending = client.SendAsync(pings);
        await Waiting.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return client.Served.IsCompleted;
        });

        await sending;
        Assert.True(broker.Metrics.PacketsReceived < 100_000);
    }

    [Fact]
    public async Task Client_that_releases_nothing_is_closed()
    {
        using var broker = NewBroker(new BrokerOptions { MaxQueuedMessages = 10 });
        RawClient client = await ConnectAsync(broker, "hoarder");
        for (int i = 1; i <= 11; i++)
        {
            await client.SendAsync($"PUBLISH t=x@2 id={i}");
            Assert.Equal($"PUBREC id={i}", await client.NextAsync());
        }

        await client.SendAsync("PUBLISH t=x@2 id=12");

        Assert.Equal("CLOSED", await client.NextAsync());
    }

    [Fact]
    public async Task Connections_beyond_the_limits_get_code_3()
    {
        var options = new BrokerOptions { MaxConnections = 3, MaxConnectionsPerAddress = 2 };
        using var broker = NewBroker(options);
        IPAddress one = IPAddress.Parse("192.0.2.1"), two = IPAddress.Parse("192.0.2.2");

        Assert.Equal("CONNACK Accepted", await TryConnectAsync(broker, "a", one));
        Assert.Equal("CONNACK Accepted", await TryConnectAsync(broker, "b", one));
        Assert.Equal("CONNACK ServerUnavailable", await TryConnectAsync(broker, "c", one));
        Assert.Equal("CONNACK Accepted", await TryConnectAsync(broker, "c", two));
        Assert.Equal("CONNACK ServerUnavailable", await TryConnectAsync(broker, "d", two));
        broker.FindSession("a")!.Disconnect();
        Assert.Equal("CONNACK Accepted", await TryConnectAsync(broker, "d", two));
    }

    [Fact]
    public async Task Sessions_beyond_the_limit_get_code_3()
    {
        using var broker = NewBroker(new BrokerOptions { MaxSessions = 1 });
        RawClient client = await ConnectAsync(broker, "kept", clean: false);
        client.Cut();
        await client.Served;

        Assert.Equal("CONNACK ServerUnavailable", await TryConnectAsync(broker, "other", IPAddress.Loopback));
        Assert.Equal("CONNACK Accepted present", await TryConnectAsync(broker, "kept", IPAddress.Loopback, ""));
    }

    [Fact]
    public async Task Client_that_spends_its_budget_is_read_more_slowly()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions { MaxPacketsPerSecond = 10 }, time);
        RawClient client = await ConnectAsync(broker, "eager");
        for (int i = 1; i <= 40; i++)
        {
            await client.SendAsync($"PUBLISH t=x@1 id={i}");
        }

        for (int i = 1; i <= 10; i++)
        {
            Assert.Equal($"PUBACK id={i}", await client.NextAsync());
        }

        Assert.Equal(10, broker.Metrics.PublishesReceived);
        for (int second = 1; second <= 3; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            for (int i = 1; i <= 10; i++)
            {
                Assert.Equal($"PUBACK id={(second * 10) + i}", await client.NextAsync());
            }

            Assert.Equal((second + 1) * 10, broker.Metrics.PublishesReceived);
        }
    }

    [Fact]
    public async Task Absent_clients_queue_is_bounded_in_messages_and_octets()
    {
        var options = new BrokerOptions { MaxQueuedMessages = 10, MaxQueuedBytes = 4_096 };
        using var broker = NewBroker(options);
        foreach (string id in new[] { "small", "large" })
        {
            RawClient client = await ConnectAsync(broker, id, clean: false);
            await client.SendAsync($"SUBSCRIBE id=1 {id}@1");
            await client.NextAsync();
            client.Cut();
            await client.Served;
        }

        for (int i = 0; i < 50; i++)
        {
            broker.Publish(new TopicName("small"), Encoding.UTF8.GetBytes($"{i}"), QualityOfService.AtLeastOnce);
            broker.Publish(new TopicName("large"), new byte[1_000], QualityOfService.AtLeastOnce);
        }

        Assert.Equal(10, broker.FindSession("small")!.QueuedMessages);
        Assert.Equal(5, broker.FindSession("large")!.QueuedMessages);
        Assert.Equal(40 + 45, broker.Metrics.MessagesDropped);
    }

    private static MqttBroker NewBroker(BrokerOptions options, ManualTime? time = null)
    {
        options.SysInterval = TimeSpan.Zero;
        return new MqttBroker(options, new OpenAuthority(), time ?? new ManualTime());
    }

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string clientId, bool clean = true)
    {
        var client = new RawClient(broker);
        await client.SendAsync($"CONNECT {clientId}{(clean ? " clean" : "")}");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }

    private static async Task<string> TryConnectAsync(
        MqttBroker broker, string clientId, IPAddress address, string clean = " clean")
    {
        var client = new RawClient(broker, address);
        await client.SendAsync($"CONNECT {clientId}{clean}");
        return await client.NextAsync();
    }

    private static async Task FenceAsync(RawClient client)
    {
        await client.SendAsync(new byte[] { 0xc0, 0 });
        while (await client.NextAsync() is not "PINGRESP" and not "CLOSED")
        {
        }
    }
}
