using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// 200 connections that never finish CONNECT, 10 that announce giant packets and come again, topic and subscription
/// bombs, a retained flood, readers that never read what a flooder sends them, and 10 that connect and leave. All come
/// again as soon as they are closed; one that the broker holds without closing it waits, as any client would.
/// </summary>
internal sealed class Abusers(int port)
{
    /// <summary>What each group does, by the name it can be run under alone.</summary>
    public static readonly string[] Groups = ["drip", "giant", "topics", "retained", "filters", "deaf", "runners"];

    private const int SlowConnects = 200;
    private const int Giants = 10;
    private const int Bombers = 5;
    private const int Runners = 10;
    private readonly CancellationTokenSource _stop = new();
    private long _connects;
    private long _packets;

    /// <summary>Attacks until standard input ends; then prints how much that was.</summary>
    public static async Task AttackAsync(int port, string[] groups)
    {
        var abusers = new Abusers(port);
        Task[] all = [.. groups.SelectMany(abusers.Start)];
        Console.WriteLine("attacking");
        await Console.In.ReadToEndAsync();
        await abusers._stop.CancelAsync();
        Console.WriteLine($"{abusers._connects} connects and {abusers._packets} packets");
        await Task.WhenAll(all);
    }

    private IEnumerable<Task> Start(string group) => group switch
    {
        "drip" => Start(SlowConnects, (_, stop) => DripAsync(stop)),
        "giant" => Start(Giants, (_, stop) => AnnounceGiantAsync(stop)),
        "topics" => Start(Bombers, (i, stop) => BombTopicsAsync($"topics-{i}", false, stop)),
        "retained" => Start(Bombers, (i, stop) => BombTopicsAsync($"retained-{i}", true, stop)),
        "filters" => Start(Bombers, (i, stop) => BombSubscriptionsAsync($"filters-{i}", stop)),
        "deaf" => Start(Bombers, (i, stop) => NeverReadAsync($"deaf-{i}", stop)),
        "runners" => Start(Runners, (_, stop) => RunAwayAsync(stop)),
        _ => throw new ArgumentException($"There is no group '{group}': {string.Join(", ", Groups)}.", nameof(group)),
    };

    private IEnumerable<Task> Start(int count, Func<int, CancellationToken, Task> abuse) =>
        Enumerable.Range(0, count).Select(i => RunAsync(stop => abuse(i, stop))).ToArray();

    private async Task RunAsync(Func<CancellationToken, Task> abuse)
    {
        await Task.Yield();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Interlocked.Increment(ref _connects);
                await abuse(_stop.Token);
                await pause.WaitForNextTickAsync(_stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Closed by the broker, as it should be: come again.
            }
        }
    }

    private async Task DripAsync(CancellationToken stop)
    {
        using Socket socket = await OpenAsync(stop);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        foreach (byte octet in new byte[] { 0x10, 0x7f, 0, 4 })
        {
            await socket.SendAsync(new[] { octet }, stop);
            await pause.WaitForNextTickAsync(stop);
        }

        await socket.ReceiveAsync(new byte[1], stop);
    }

    private async Task AnnounceGiantAsync(CancellationToken stop)
    {
        using Socket socket = await OpenAsync(stop);
        await socket.SendAsync(new byte[] { 0x10, 0xff, 0xff, 0xff, 0x7f }, stop);
        await socket.ReceiveAsync(new byte[1], stop);
    }

    private async Task RunAwayAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using Socket socket = await OpenAsync(stop);
            Interlocked.Increment(ref _connects);
        }
    }

    private Task BombTopicsAsync(string clientId, bool retain, CancellationToken stop) => FloodAsync(
        clientId,
        (output, i) => PacketEncoder.Write(output, new PublishPacket
        {
            Topic = System.Text.Encoding.UTF8.GetBytes($"bomb/{clientId}/{i}"),
            Payload = new byte[100],
            Retain = retain,
        }),
        stop);

    private Task BombSubscriptionsAsync(string clientId, CancellationToken stop) => FloodAsync(
        clientId,
        (output, i) => PacketEncoder.Write(output, new SubscribePacket(
            (ushort)((i % ushort.MaxValue) + 1), [new($"+/{clientId}/{i}/#", QualityOfService.AtLeastOnce)])),
        stop);

    private async Task NeverReadAsync(string clientId, CancellationToken stop)
    {
        using BenchClient deaf = await BenchClient.ConnectAsync(port, clientId);
        var subscribe = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(subscribe, new SubscribePacket(1, [new($"deaf/{clientId}", QualityOfService.AtLeastOnce)]));
        await deaf.SendAsync(subscribe.WrittenMemory);
        await FloodAsync(
            $"flood-{clientId}",
            (output, i) => PacketEncoder.Write(output, new PublishPacket
            {
                Topic = System.Text.Encoding.UTF8.GetBytes($"deaf/{clientId}"),
                Payload = new byte[1_000],
                QoS = QualityOfService.AtLeastOnce,
                PacketId = (ushort)((i % ushort.MaxValue) + 1),
            }),
            stop);
    }

    /// <summary>Sends as fast as the broker reads.</summary>
    private async Task FloodAsync(string clientId, Action<ArrayBufferWriter<byte>, int> write, CancellationToken stop)
    {
        using BenchClient client = await BenchClient.ConnectAsync(port, clientId);
        var output = new ArrayBufferWriter<byte>();
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            output.ResetWrittenCount();
            write(output, i);
            Interlocked.Increment(ref _packets);
            await client.SendAsync(output.WrittenMemory).WaitAsync(stop);
        }
    }

    private async Task<Socket> OpenAsync(CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        return socket;
    }
}
