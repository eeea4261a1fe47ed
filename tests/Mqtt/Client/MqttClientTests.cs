using System.Collections.Concurrent;
using System.Text;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Tests.Client;

public sealed class MqttClientTests
{
    private static readonly byte[] s_hello = "hello"u8.ToArray();

    [Theory]
    [InlineData(QualityOfService.AtMostOnce)]
    [InlineData(QualityOfService.AtLeastOnce)]
    [InlineData(QualityOfService.ExactlyOnce)]
    public async Task Publish_to_a_subscriber_arrives_with_its_quality(QualityOfService qos)
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var reader = await host.ConnectAsync("reader", inbox.Put);
        await using var writer = await host.ConnectAsync("writer");

        Assert.Equal(qos, await reader.SubscribeAsync("a/+", qos));
        await writer.PublishAsync("a/b", s_hello, qos);

        Assert.Equal($"a/b=hello@{(int)qos}", await inbox.NextAsync());
    }

    [Fact]
    public async Task Handler_that_is_not_done_holds_the_acknowledgement_back()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var held = new Holder();
        host.Broker.Handle("micro/1/+/share", held);
        await using var board = await host.ConnectAsync("board-1");

        Task sent = board.PublishAsync("micro/1/board-1/share", s_hello, QualityOfService.AtLeastOnce);
        InboundPublish publish = await held.NextAsync();
        Assert.False(sent.IsCompleted);
        Assert.Equal("hello", Encoding.UTF8.GetString(publish.Payload.Span));
        publish.Acknowledge();

        await sent.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Handler_that_fails_closes_the_connection_without_acknowledgement()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var held = new Holder();
        host.Broker.Handle("micro/1/+/share", held);
        await using var board = await host.ConnectAsync("board-1");

        Task sent = board.PublishAsync("micro/1/board-1/share", s_hello, QualityOfService.AtLeastOnce);
        (await held.NextAsync()).Fail();

        await Assert.ThrowsAsync<Mqtt.Client.MqttException>(() => sent.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Session_is_sent_to_directly_only_what_it_subscribed_to()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var board = await host.ConnectAsync("board-1", inbox.Put);
        await board.SubscribeAsync("micro/1/board-1/verdict", QualityOfService.AtLeastOnce);
        BrokerSession session = host.Broker.FindSession("board-1")!;

        var command = new TopicName("micro/1/board-1/command");
        var verdict = new TopicName("micro/1/board-1/verdict");
        Assert.False(session.TryPublish(command, s_hello, QualityOfService.AtLeastOnce));
        Assert.True(session.TryPublish(verdict, s_hello, QualityOfService.AtLeastOnce));

        Assert.Equal("micro/1/board-1/verdict=hello@1", await inbox.NextAsync());
    }

    [Fact]
    public async Task Will_is_published_when_the_connection_breaks_and_not_after_disconnect()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var watcher = await host.ConnectAsync("watcher", inbox.Put);
        await watcher.SubscribeAsync("status/+", QualityOfService.AtLeastOnce);

        foreach (string name in new[] { "polite", "rude" })
        {
            var will = new WillMessage($"status/{name}", "offline"u8.ToArray(), QualityOfService.AtLeastOnce, true);
            var client = await Mqtt.Client.MqttClient.ConnectAsync(host.Options(name) with { Will = will });
            await (name == "polite" ? client.DisconnectAsync() : client.DisposeAsync().AsTask());
        }

        Assert.Equal("status/rude=offline@1", await inbox.NextAsync());
    }

    private sealed class Holder : IPublishHandler
    {
        private readonly BlockingCollection<InboundPublish> _held = [];

        public void Handle(InboundPublish publish) => _held.Add(publish);

        public Task<InboundPublish> NextAsync() => Task.Run(() =>
            _held.TryTake(out InboundPublish? publish, TimeSpan.FromSeconds(20))
                ? publish
                : throw new TimeoutException("Nothing was handed over."));
    }
}
