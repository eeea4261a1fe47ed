using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Bench.Mqtt;

namespace MicroFirmware.Bench.Stratum;

/// <summary>
/// From <c>mining.submit</c> to its answer: parsed, header hashed twice, duplicates noticed, in SQLite with
/// synchronous=FULL, then answered. The load generator runs on the same cores.
/// </summary>
internal sealed class StratumBench : IBench
{
    private const int InFlight = 4;
    private const int Runs = 5;
    private const int MemoryConnections = 5_000;
    private const int Warmup = 500;

    public string Name => "stratum";

    public string Description =>
        "Stratum shares/s, submit to durable answer, at 100 and 1,000 connections x 4 in flight; memory a connection";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        if (args is ["hold", var port, var count])
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            await HoldAsync(int.Parse(port, culture), int.Parse(count, culture));
            return [];
        }

        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Runs;
        double few = await MedianAsync(runs, () => FloodAsync(100, 4_000), "shares/s at 100 connections");
        double many = await MedianAsync(runs, () => FloodAsync(1_000, 400), "shares/s at 1,000 connections");
        double memory = await MedianAsync(runs, MeasureAsync, "bytes a connection");
        return
        [
            new Figure(Name, few, "shares/s"),
            new Figure($"{Name}.1000", many, "shares/s"),
            new Figure($"{Name}.memory", memory, "bytes"),
        ];
    }

    private static async Task<double> MedianAsync(int runs, Func<Task<double>> run, string unit)
    {
        List<double> figures = [];
        for (int i = 1; i <= runs; i++)
        {
            figures.Add(await run());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {i}: {figures[^1]:0} {unit}"));
        }

        return Figure.Median(figures);
    }

    private static async Task<double> FloodAsync(int connections, int sharesEach)
    {
        await using StratumRun run = await StratumRun.StartAsync(connections, sharesEach);
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(run.Miners.Select(miner => Task.Run(() => miner.FloodAsync(InFlight))));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int shares = connections * sharesEach;
        busy = Environment.CpuUsage.TotalTime - busy;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {busy.TotalMicroseconds / shares:0.0} us of a core and {(double)allocated / shares:0} bytes a share"));
        run.Check(shares);
        return shares / seconds;
    }

    /// <summary>Working set of the gateway's process per miner that has its job and shared once; the miners are a
    /// process of their own.</summary>
    private async Task<double> MeasureAsync()
    {
        await using StratumRun run = await StratumRun.StartAsync(connections: 0, sharesEach: 0);
        await WithMinersAsync(run, Warmup, () => 0);
        while (run.Gateway.Statistics.Stratum.Connections > 0)
        {
            await Task.Yield();
        }

        long before = WorkingSet();
        return await WithMinersAsync(
            run, MemoryConnections, () => (WorkingSet() - before) / (double)MemoryConnections);
    }

    private async Task<double> WithMinersAsync(StratumRun run, int count, Func<double> measure)
    {
        int port = run.Gateway.StratumEndPoint!.Port;
        await using ClientProcess miners = ClientProcess.Start(Name, "hold", $"{port}", $"{count}");
        await miners.ReadLineAsync();
        return measure();
    }

    private static async Task HoldAsync(int port, int count)
    {
        LoadMiner[] miners = new LoadMiner[count];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                miners[i] = await LoadMiner.ConnectAsync(port, i);
                miners[i].Prepare(i, 1);
                await miners[i].FloodAsync(1);
            }
        }));
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        Array.ForEach(miners, miner => miner.Dispose());
    }

    private static long WorkingSet()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Environment.WorkingSet;
    }
}
