using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Tests.Fuzz;

/// <summary>A slice of the fuzzer's work; <c>fuzz</c> in tests/bench does ten million packets.</summary>
public sealed class FuzzTests
{
    private const int Packets = 60_000;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Fuzzed_clients_leave_no_error_and_nothing_behind(int seed, bool stored)
    {
        string file = Path.GetTempFileName();
        using var store = stored ? new SqliteSessionStore(file) : null;
        var errors = new ErrorLog();
        var options = new BrokerOptions
        {
            MaxQueuedMessages = 100,
            SysInterval = TimeSpan.Zero,
            PenaltyTime = TimeSpan.Zero,
        };
        using var broker = new MqttBroker(options, new OpenAuthority(), new ManualTime(), errors, store);
        broker.Handle("share", new Accepts());
        var fuzzer = new BrokerFuzzer(seed, broker, errors);

        Assert.Null(await fuzzer.RunAsync(Packets));

        Assert.True(fuzzer.Sent >= Packets / 2);
        Assert.InRange(broker.SessionCount, 0, 50);
        Assert.InRange(broker.QueuedMessages, 0, 50 * 2 * 100);
        await AssertServesAsync(broker);
        Array.ForEach(["", "-wal", "-shm"], s => File.Delete(file + s));
    }

    [Fact]
    public void Noise_never_makes_the_codec_throw()
    {
        const int seed = 311;
        var random = new Random(seed);
        byte[] octets = new byte[64];
        for (int i = 0; i < 500_000; i++)
        {
            random.NextBytes(octets);
            octets[1] = (byte)random.Next(63);
            if (PacketFrame.TryRead(octets, 1_000, out PacketFrame frame, out _, out _) == ParseStatus.Done)
            {
                PacketText.TryDescribe(frame, out _, out _, out _);
            }
        }
    }

    /// <summary>Every client that is left is ended; then a new one finds the broker in order.</summary>
    private static async Task AssertServesAsync(MqttBroker broker)
    {
        for (int i = 0; i < 50; i++)
        {
            var ending = new RawClient(broker);
            await ending.SendAsync($"CONNECT fuzz-{i} clean");
            Assert.Equal("CONNACK Accepted", await ending.NextAsync());
            await ending.SendAsync("DISCONNECT");
            await ending.Served;
        }

        Assert.Equal(0, broker.SessionCount);
        Assert.Equal(0, broker.QueuedMessages);
        Assert.Equal(0, broker.Router.FilterCount);
        var client = new RawClient(broker);
        await client.SendAsync("CONNECT well clean");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        await client.SendAsync("SUBSCRIBE id=1 untouched@1");
        Assert.Equal("SUBACK id=1 1", await client.NextAsync());
        await client.SendAsync("PUBLISH untouched=behaved@0");
        Assert.Equal("PUBLISH untouched=behaved@0", await client.NextAsync());
    }

    private sealed class Accepts : IPublishHandler
    {
        public void Handle(InboundPublish publish) => publish.Acknowledge();
    }
}
