using System.Diagnostics;
using System.Globalization;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// Opens 10,000 connections that stay idle. The clients live in a process of their own, so that the working set that is
/// measured is the broker's alone. The rate counts from the first TCP handshake to the last CONNACK.
/// </summary>
internal sealed class ConnectionsBench : IBench
{
    private const int Connections = 10_000;
    private const int Warmup = 500;
    private const int Runs = 5;
    private const int AtOnce = 64;

    public string Name => "connections";

    public string Description => "working set of the broker per idle connection of 10,000, and connects a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        if (args is ["hold", var port, var count])
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            await HoldAsync(int.Parse(port, culture), int.Parse(count, culture));
            return [];
        }

        var sizes = new List<double>();
        var rates = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            (double bytes, double rate) = await RunOnceAsync();
            Console.WriteLine($"run {run + 1}: {bytes:f0} bytes a connection, {rate:f0} connects a second");
            sizes.Add(bytes);
            rates.Add(rate);
        }

        return
        [
            new Figure(Name, Figure.Median(sizes), "bytes"),
            new Figure($"{Name}.rate", Figure.Median(rates), "connects/s"),
        ];
    }

    private async Task<(double Bytes, double Rate)> RunOnceAsync()
    {
        await using BenchBroker host = await BenchBroker.StartAsync();
        await WithClientsAsync(host.Port, Warmup, _ => 0);
        while (host.Broker.Metrics.Connections > 0)
        {
            await Task.Yield();
        }

        long before = WorkingSet();
        double rate = 0;
        double bytes = await WithClientsAsync(host.Port, Connections, seconds =>
        {
            rate = Connections / seconds;
            return (WorkingSet() - before) / (double)Connections;
        });
        return (bytes, rate);
    }

    /// <summary>Starts the clients, measures when all are connected, and ends them.</summary>
    private async Task<double> WithClientsAsync(int port, int count, Func<double, double> measure)
    {
        await using ClientProcess clients = ClientProcess.Start(Name, "hold", $"{port}", $"{count}");
        return measure(double.Parse(await clients.ReadLineAsync(), CultureInfo.InvariantCulture));
    }

    private static async Task HoldAsync(int port, int count)
    {
        long start = Stopwatch.GetTimestamp();
        var clients = new BenchClient[count];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                clients[i] = await BenchClient.ConnectAsync(port, $"board-{i}");
            }
        }));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        Array.ForEach(clients, c => c.Dispose());
    }

    private static long WorkingSet()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
