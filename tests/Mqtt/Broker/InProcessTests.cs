using System.Text;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Tests.Broker;

/// <summary>The hosting program's end: what it takes, sees, publishes.</summary>
public sealed class InProcessTests
{
    [Fact]
    public async Task Host_sees_what_subscribers_see_until_it_ends_its_subscription()
    {
        using var broker = NewBroker();
        var seen = new List<string>();
        RawClient client = await ConnectAsync(broker, "a clean");
        void See(string topic, ReadOnlyMemory<byte> octets) =>
            seen.Add($"{topic}={Encoding.UTF8.GetString(octets.Span)}");
        using (broker.Subscribe("t/+", See))
        {
            await client.SendAsync("PUBLISH t/1=x@1 id=1");
            Assert.Equal("PUBACK id=1", await client.NextAsync());
        }

        await client.SendAsync("PUBLISH t/2=y@1 id=2");
        Assert.Equal("PUBACK id=2", await client.NextAsync());
        Assert.Equal(["t/1=x"], seen);
    }

    [Fact]
    public async Task Host_that_throws_does_not_harm_the_publisher()
    {
        using var broker = NewBroker();
        using IDisposable subscription = broker.Subscribe("t", (_, _) => throw new InvalidDataException());
        RawClient client = await ConnectAsync(broker, "a clean");

        await client.SendAsync("PUBLISH t=x@1 id=1");

        Assert.Equal("PUBACK id=1", await client.NextAsync());
    }

    [Fact]
    public async Task Broadcast_reaches_every_subscriber_and_a_batch_sends_at_its_end()
    {
        using var broker = NewBroker();
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            RawClient client = await ConnectAsync(broker, $"board-{i} clean");
            await client.SendAsync("SUBSCRIBE id=1 micro/1/job@1");
            Assert.Equal("SUBACK id=1 1", await client.NextAsync());
            return client;
        }));
        long before = broker.Metrics.BatchesSent;

        PublishTwoJobs(broker, before);

        foreach (RawClient client in clients)
        {
            Assert.Equal("PUBLISH micro/1/job=one@1 id=1", await client.NextAsync());
            Assert.Equal("PUBLISH micro/1/job=two@1 id=2", await client.NextAsync());
        }

        Assert.Equal(before + clients.Length, broker.Metrics.BatchesSent);
    }

    [Fact]
    public async Task Retained_message_of_the_host_waits_for_later_subscribers()
    {
        using var broker = NewBroker();
        broker.Publish(new TopicName("micro/1/job"), "job"u8.ToArray(), QualityOfService.AtLeastOnce, retain: true);
        RawClient client = await ConnectAsync(broker, "a clean");

        await client.SendAsync("SUBSCRIBE id=1 micro/1/job@0");

        Assert.Equal("SUBACK id=1 0", await client.NextAsync());
        Assert.Equal("PUBLISH micro/1/job=job@0R", await client.NextAsync());
    }

    [Fact]
    public async Task Qos_2_message_that_a_handler_took_is_not_handed_over_again_after_a_restart()
    {
        string file = Path.GetTempFileName();
        var handler = new Counts();
        for (int start = 1; start <= 3; start++)
        {
            using var store = new SqliteSessionStore(file);
            using var broker = NewBroker(store);
            broker.Handle("share", handler);
            RawClient client = new(broker);
            await client.SendAsync("CONNECT board");
            Assert.Equal($"CONNACK Accepted{(start > 1 ? " present" : "")}", await client.NextAsync());
            await client.SendAsync($"PUBLISH share=x@2{(start > 1 ? "D" : "")} id=9");
            Assert.Equal("PUBREC id=9", await client.NextAsync());
            Assert.Equal(1, handler.Count);
        }

        Array.ForEach(["", "-wal", "-shm"], s => File.Delete(file + s));
    }

    [Fact]
    public async Task Clients_that_come_and_go_over_tls_leave_nothing_behind()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            for (int round = 0; round < 5; round++)
            {
                MqttClient client = await MqttClient.ConnectAsync(host.TlsOptions($"tls-{i}"));
                await client.SubscribeAsync("t", QualityOfService.AtLeastOnce);
                await client.PublishAsync("t", new byte[20_000], QualityOfService.AtLeastOnce);
                await (round % 2 == 0 ? client.DisconnectAsync() : client.DisposeAsync().AsTask());
            }
        }));

        await Waiting.UntilAsync(() => host.Broker.Metrics.Connections == 0);
        Assert.Equal(0, host.Broker.SessionCount);
        Assert.Equal(0, host.Broker.Router.FilterCount);
    }

    private static void PublishTwoJobs(MqttBroker broker, long sentBefore)
    {
        var job = new TopicName("micro/1/job");
        using BrokerBatch batch = broker.Batch();
        broker.Publish(job, "one"u8.ToArray(), QualityOfService.AtLeastOnce);
        broker.Publish(job, "two"u8.ToArray(), QualityOfService.AtLeastOnce);
        Assert.Equal(sentBefore, broker.Metrics.BatchesSent);
    }

    private static MqttBroker NewBroker(ISessionStore? store = null) =>
        new(new BrokerOptions { SysInterval = TimeSpan.Zero }, new OpenAuthority(), new ManualTime(), null, store);

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string text)
    {
        var client = new RawClient(broker);
        await client.SendAsync($"CONNECT {text}");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }

    private sealed class Counts : IPublishHandler
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Handle(InboundPublish publish)
        {
            Interlocked.Increment(ref _count);
            publish.Acknowledge();
        }
    }
}
