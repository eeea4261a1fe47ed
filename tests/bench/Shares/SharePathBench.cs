using System.Diagnostics;

namespace MicroFirmware.Bench.Shares;

/// <summary>
/// From publish to PUBACK: MQTT QoS 1 over loopback, HMAC and proof of work checked, in SQLite with synchronous=FULL,
/// then acknowledged, and the verdict published at QoS 1 and acknowledged in turn.
/// </summary>
public sealed class SharePathBench : IBench
{
    private const int Connections = 100;
    private const int InFlight = 10;
    private const int SharesEach = 4_000;
    private const int PacedSharesEach = 1_200;
    private const int Runs = 5;

    public string Name => "share-path";

    public string Description => "shares/s from publish to durable PUBACK over 100 connections; p99 at half load";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        List<double> rates = [];
        for (int run = 0; run < Runs; run++)
        {
            rates.Add(await FloodAsync());
            Console.WriteLine($"run {run + 1}: {rates[^1]:0} shares/s");
        }

        double half = Figure.Median(rates) / 2;
        List<double> latencies = [];
        for (int run = 0; run < Runs; run++)
        {
            latencies.Add(await PacedAsync(half));
            Console.WriteLine($"run {run + 1}: p99 {latencies[^1]:0.0} ms at {half:0} shares/s");
        }

        return
        [
            new Figure(Name, Figure.Median(rates), "shares/s"),
            new Figure($"{Name}.p99-half-load", Figure.Median(latencies), "ms"),
        ];
    }

    private static async Task<double> FloodAsync()
    {
        await using LoadRun run = await LoadRun.StartAsync(Connections, SharesEach);
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(run.Boards.Select(board => Task.Run(() => board.FloodAsync(InFlight))));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        busy = Environment.CpuUsage.TotalTime - busy;
        run.Check();
        Console.WriteLine($"  {busy.TotalMicroseconds / Connections / SharesEach:0.0} us of a core per share");
        return Connections * SharesEach / seconds;
    }

    private static async Task<double> PacedAsync(double sharesPerSecond)
    {
        await using LoadRun run = await LoadRun.StartAsync(Connections, PacedSharesEach);
        Task listening = Task.WhenAll(run.Boards.Select(board => Task.Run(board.ListenAsync)));
        Thread pace = new(() => Pace(run.Boards, sharesPerSecond));
        pace.Start();
        await listening;
        pace.Join();
        run.Check();
        double[] sorted = [.. run.Boards.SelectMany(board => board.LatencyMs).Order()];
        return sorted[sorted.Length * 99 / 100];
    }

    /// <summary>An open loop: a share is due when it is due, whether the gateway keeps up or not.</summary>
    private static void Pace(IReadOnlyList<LoadBoard> boards, double sharesPerSecond)
    {
        long start = Stopwatch.GetTimestamp();
        int total = boards.Count * PacedSharesEach;
        int sent = 0;
        while (sent < total)
        {
            int due = (int)Math.Min(total, Stopwatch.GetElapsedTime(start).TotalSeconds * sharesPerSecond);
            for (; sent < due; sent++)
            {
                boards[sent % boards.Count].SendOne();
            }

            Thread.Sleep(1);
        }
    }
}
