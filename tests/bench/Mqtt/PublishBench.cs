using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// QoS 1 publishes of 52 octets from four clients, each with up to 250 in flight, to one QoS 1 subscriber; the clients
/// run in the same process. Counts what was delivered, and fails if that is not, in order, what was acknowledged.
/// </summary>
internal sealed class PublishBench : IBench
{
    private const int Publishers = 4;
    private const int InFlight = 250;
    private const int MessagesEach = 60_000;
    private const int Runs = 5;
    private const int PayloadLength = 52;

    public string Name => "publish";

    public string Description => "QoS 1 messages a second from 4 clients through the broker to 1 QoS 1 subscriber";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        double memory = await RunAsync("in memory", () => RunOnceAsync(null));
        double stored = await RunAsync("stored", RunStoredAsync);
        return [new Figure(Name, memory, "messages/s"), new Figure($"{Name}.stored", stored, "messages/s")];
    }

    private static async Task<double> RunAsync(string what, Func<Task<double>> runOnce)
    {
        var rates = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            rates.Add(await runOnce());
            Console.WriteLine($"run {run + 1}, {what}: {rates[run]:f0} delivered a second, every acknowledged one");
        }

        return Figure.Median(rates);
    }

    private static async Task<double> RunStoredAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-publish-");
        try
        {
            using var store = new SqliteSessionStore(Path.Combine(folder.FullName, "sessions.db"));
            return await RunOnceAsync(store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> RunOnceAsync(ISessionStore? store)
    {
        await using BenchBroker host = await BenchBroker.StartAsync(null, store);
        using BenchClient subscriber = await BenchClient.ConnectAsync(host.Port, "subscriber", clean: store is null);
        var subscribe = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(subscribe, new SubscribePacket(1, [new("bench/share", QualityOfService.AtLeastOnce)]));
        await subscriber.SendAsync(subscribe.WrittenMemory);
        await subscriber.ReceiveAsync((in PacketFrame _) => { });

        long start = Stopwatch.GetTimestamp();
        Task<int> delivered = DeliverAsync(subscriber);
        int[] acknowledged = await Task.WhenAll(
            Enumerable.Range(0, Publishers).Select(i => Task.Run(() => PublishAsync(host.Port, i))));
        int received = await delivered;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return received == acknowledged.Sum()
            ? received / seconds
            : throw new InvalidOperationException($"{acknowledged.Sum()} acknowledged, {received} delivered");
    }

    private static async Task<int> PublishAsync(int port, int number)
    {
        using BenchClient client = await BenchClient.ConnectAsync(port, $"publisher-{number}");
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        int sent = 0, acknowledged = 0;
        while (acknowledged < MessagesEach)
        {
            output.ResetWrittenCount();
            for (; sent < MessagesEach && sent - acknowledged < InFlight; sent++)
            {
                Write(output, number, sent);
            }

            await client.SendAsync(output.WrittenMemory);
            await client.ReceiveAsync(
                (in PacketFrame frame) => acknowledged += frame.Type == PacketType.PubAck ? 1 : 0);
        }

        return acknowledged;
    }

    private static void Write(ArrayBufferWriter<byte> output, int number, int index)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        BinaryPrimitives.WriteInt32LittleEndian(payload, number);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], index);
        PacketEncoder.Write(output, new PublishPacket
        {
            Topic = "bench/share"u8,
            Payload = payload,
            QoS = QualityOfService.AtLeastOnce,
            PacketId = (ushort)((index % ushort.MaxValue) + 1),
        });
    }

    private static async Task<int> DeliverAsync(BenchClient subscriber)
    {
        var acks = new ArrayBufferWriter<byte>(64 * 1024);
        int[] next = new int[Publishers];
        int received = 0;
        while (received < Publishers * MessagesEach)
        {
            acks.ResetWrittenCount();
            await subscriber.ReceiveAsync((in PacketFrame frame) =>
            {
                PacketDecoder.TryReadPublish(frame.Flags, frame.Body, out PublishPacket packet, out _);
                int number = BinaryPrimitives.ReadInt32LittleEndian(packet.Payload);
                int index = BinaryPrimitives.ReadInt32LittleEndian(packet.Payload[4..]);
                received += next[number] == index ? 1 : throw new InvalidOperationException("Not in order.");
                next[number]++;
                PacketEncoder.WriteAck(acks, PacketType.PubAck, packet.PacketId);
            });
            await subscriber.SendAsync(acks.WrittenMemory);
        }

        return received;
    }
}
