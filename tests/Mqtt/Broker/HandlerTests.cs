using System.Collections.Concurrent;
using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Broker;

public sealed class HandlerTests
{
    [Fact]
    public async Task MQTT_4_8_0_2_message_that_cannot_be_taken_closes_the_connection()
    {
        using var broker = new MqttBroker(new BrokerOptions(), new OpenAuthority(), new ManualTime());
        broker.Handle("share", new Throws());
        var client = new RawClient(broker);
        await client.SendAsync("CONNECT a clean");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());

        await client.SendAsync("PUBLISH share=x@1 id=1");

        Assert.Equal("CLOSED", await client.NextAsync());
    }

    [Fact]
    public async Task Acknowledgements_leave_in_order_whatever_order_the_handler_ends_in()
    {
        using var broker = new MqttBroker(new BrokerOptions(), new OpenAuthority(), new ManualTime());
        var held = new Holds();
        broker.Handle("share", held);
        var client = new RawClient(broker);
        await client.SendAsync("CONNECT a clean");
        await client.NextAsync();

        await client.SendAsync("PUBLISH share=1@1 id=1");
        await client.SendAsync("PUBLISH share=2@2 id=2");
        await client.SendAsync("PUBLISH share=3@0");
        await client.SendAsync("PUBLISH other=4@1 id=4");
        await client.SendAsync("PUBLISH share=5@1 id=5");
        InboundPublish[] publishes = await held.TakeAsync(4);
        foreach (int i in new[] { 3, 1, 2, 0 })
        {
            publishes[i].Acknowledge();
        }

        Assert.Equal("PUBACK id=1", await client.NextAsync());
        Assert.Equal("PUBREC id=2", await client.NextAsync());
        Assert.Equal("PUBACK id=4", await client.NextAsync());
        Assert.Equal("PUBACK id=5", await client.NextAsync());
    }

    [Fact]
    public async Task Client_is_not_read_while_too_many_of_its_messages_are_worked_on()
    {
        var options = new BrokerOptions { MaxInboundInFlight = 3 };
        using var broker = new MqttBroker(options, new OpenAuthority(), new ManualTime());
        var held = new Holds();
        broker.Handle("share", held);
        var client = new RawClient(broker);
        await client.SendAsync("CONNECT a clean");
        await client.NextAsync();

        for (int i = 1; i <= 10; i++)
        {
            await client.SendAsync($"PUBLISH share={i}@1 id={i}");
        }

        InboundPublish[] first = await held.TakeAsync(3);
        Assert.Equal(3, held.Given);
        for (int i = 1; i <= 10; i++)
        {
            (i <= 3 ? first[i - 1] : (await held.TakeAsync(1))[0]).Acknowledge();
            Assert.Equal($"PUBACK id={i}", await client.NextAsync());
            Assert.True(held.Given <= i + 3);
        }
    }

    [Fact]
    public async Task Second_acknowledgement_is_an_error_of_the_handler()
    {
        using var broker = new MqttBroker(new BrokerOptions(), new OpenAuthority(), new ManualTime());
        var held = new Holds();
        broker.Handle("share", held);
        var client = new RawClient(broker);
        await client.SendAsync("CONNECT a clean");
        await client.SendAsync("PUBLISH share=1@1 id=1");
        InboundPublish publish = (await held.TakeAsync(1))[0];
        publish.Acknowledge();

        Assert.Throws<InvalidOperationException>(publish.Acknowledge);
        Assert.Throws<InvalidOperationException>(publish.Fail);
    }

    private sealed class Throws : IPublishHandler
    {
        public void Handle(InboundPublish publish) => throw new InvalidDataException("no room");
    }

    private sealed class Holds : IPublishHandler
    {
        private readonly BlockingCollection<InboundPublish> _held = [];
        private int _given;

        public int Given => Volatile.Read(ref _given);

        public void Handle(InboundPublish publish)
        {
            Interlocked.Increment(ref _given);
            _held.Add(publish);
        }

        public Task<InboundPublish[]> TakeAsync(int count) => Task.Run(() => Enumerable.Range(0, count)
            .Select(_ => _held.TryTake(out InboundPublish? p, 20_000) ? p : throw new TimeoutException()).ToArray());
    }
}
