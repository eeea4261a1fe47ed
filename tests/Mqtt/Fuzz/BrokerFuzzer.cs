using System.IO.Pipelines;
using MicroFirmware.Mqtt.Broker;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Tests.Fuzz;

/// <summary>
/// A broker under fuzzed clients, several connections at a time; says what went wrong, or null. A seed and a number of
/// packets replay a run as far as the clients are concerned.
/// </summary>
internal sealed class BrokerFuzzer(int seed, MqttBroker broker, ErrorLog errors)
{
    private const int ConnectionsAtOnce = 8;
    private const int MaxPacketsPerConnection = 2_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Packets sent.</summary>
    public long Sent { get; private set; }

    public async Task<string?> RunAsync(long packets)
    {
        Task<long>[] clients = [.. Enumerable.Range(0, ConnectionsAtOnce).Select(
            i => Task.Run(() => RunClientAsync(new PacketFuzzer(seed + i), packets / ConnectionsAtOnce)))];
        try
        {
            Sent = (await Task.WhenAll(clients)).Sum();
        }
        catch (Exception e)
        {
            return $"seed {seed}: {e}";
        }

        return errors.First is { } first ? $"seed {seed}: {first}"
            : broker.Metrics.Connections > 0 ? $"seed {seed}: {broker.Metrics.Connections} connections left"
            : null;
    }

    private async Task<long> RunClientAsync(PacketFuzzer fuzzer, long packets)
    {
        long sent = 0;
        while (sent < packets)
        {
            sent += await RunConnectionAsync(fuzzer, (int)Math.Min(packets - sent, MaxPacketsPerConnection));
        }

        return sent;
    }

    private async Task<long> RunConnectionAsync(PacketFuzzer fuzzer, int packets)
    {
        var toBroker = new Pipe();
        var toClient = new Pipe();
        var connection = new DefaultConnectionContext(
            "fuzz", new Duplex(toBroker.Reader, toClient.Writer), new Duplex(toClient.Reader, toBroker.Writer));
        Task served = broker.ServeAsync(connection);
        Task reading = ReadAsync(toClient.Reader);
        await toBroker.Writer.WriteAsync(fuzzer.Connect());
        int sent = 1;
        while (sent < packets && !served.IsCompleted)
        {
            FlushResult result = await toBroker.Writer.WriteAsync(fuzzer.Next()).AsTask().WaitAsync(s_patience);
            sent++;
            if (result.IsCompleted)
            {
                break;
            }
        }

        await toBroker.Writer.CompleteAsync();
        await served.WaitAsync(s_patience);
        await reading.WaitAsync(s_patience);
        return sent;
    }

    private static async Task ReadAsync(PipeReader reader)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                await reader.CompleteAsync();
                return;
            }
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
