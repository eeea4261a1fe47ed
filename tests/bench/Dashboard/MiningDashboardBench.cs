using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using MicroFirmware.Bench.Mqtt;
using MicroFirmware.Dashboard;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>
/// What open pages cost a gateway at which 10,000 boards mine: its processor time with and without them, in turns, so
/// that what else goes on falls on both. Boards and browsers are in processes of their own. Arguments: rounds (8),
/// boards (10,000).
/// </summary>
internal sealed class MiningDashboardBench : IBench
{
    /// <summary>What it is called; its other processes are started by it.</summary>
    public const string Title = "dashboard-mining";

    private const int DefaultRounds = 8;
    private const int DefaultBoards = 10_000;
    private const int ManyViewers = 20;
    private const int MostSettling = 8;
    private const double MegaOctet = 1e6;

    // Short, so that what goes on beside falls on its neighbours too.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_settled = TimeSpan.FromMilliseconds(50);

    // As on a real chain.
    private static readonly TimeSpan s_blockTime = TimeSpan.FromMinutes(10);

    private static readonly View s_nobody = new("nobody", "", 0);
    private static readonly View[] s_views =
    [
        new("overview", "/", 1),
        new("list", "/boards?sort=-proven&from=5000", 1),
        new("viewers", "/", ManyViewers),
    ];

    public string Name => Title;

    public string Description => "processor time of open pages on a gateway at which 10,000 boards mine (15 min)";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["mine", var http, var mqtt, var count]:
                await MiningFleet.RunAsync(Whole(http), Whole(mqtt), Whole(count));
                return [];
            case ["view", var site, var path, var count]:
                await PageViewers.RunAsync(new Uri(site), path, Whole(count));
                return [];
            default:
                return await RunAsync(args.Length > 0 ? Whole(args[0]) : DefaultRounds,
                    args.Length > 1 ? Whole(args[1]) : DefaultBoards);
        }
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Figure>> RunAsync(int rounds, int boards)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-dashboard-");
        try
        {
            using EmbeddedChain chain = new(s_blockTime, () => 0, TimeProvider.System, new MemoryChainStore());
            await using GatewayHost host = GatewayHost.Create(OptionsIn(folder), TimeProvider.System, new Random(1),
                chain, extension: DashboardSite.Extension);
            await host.StartAsync();
            await MiningFleet.EnrolAsync(host, boards);
            await using ClientProcess fleet = ClientProcess.Start(
                Title, "mine", $"{host.HttpEndPoint.Port}", $"{host.MqttEndPoint.Port}", $"{boards}");
            Console.WriteLine($"start: {await fleet.ReadLineAsync()}");
            Round[] measured = await MeasureAsync(new Uri($"http://{host.HttpEndPoint}"), rounds);
            Console.WriteLine($"end: {await fleet.EndAsync()}");
            return Sum(measured);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static GatewayOptions OptionsIn(DirectoryInfo folder)
    {
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port) = (0, 0);
        options.Storage.DataDirectory = folder.FullName;
        options.Owner.TrustLoopback = true;

        // Boards that slow would else look for their first share for half an hour.
        options.Shares.StartWork = MiningFleet.HashesPerSecond * (ulong)options.Shares.Interval.TotalSeconds;
        return options;
    }

    private static async Task<Round[]> MeasureAsync(Uri site, int rounds)
    {
        await SettleAsync(site);
        List<Round> all = [];
        for (int round = 1; round <= rounds; round++)
        {
            // A window with pages is compared with those without before it and after it.
            List<double> alone = [(await WatchAsync(site, s_nobody)).Load];
            Dictionary<View, Window> windows = [];
            foreach (View view in s_views)
            {
                windows[view] = await WatchAsync(site, view);
                alone.Add((await WatchAsync(site, s_nobody)).Load);
                Console.WriteLine($"round {round}: {alone[^2]:0.0} %, {windows[view]}, {alone[^1]:0.0} %");
            }

            all.Add(new Round(alone.Average(), s_views.Select((view, i) => windows[view] with
            {
                Cost = windows[view].Load - ((alone[i] + alone[i + 1]) / 2),
            }).ToArray()));
        }

        return [.. all];
    }

    /// <summary>Keeps pages open until what they run is compiled for good: a page that is open for hours does not pay
    /// for that.</summary>
    private static async Task SettleAsync(Uri site)
    {
        for (int i = 0; i < MostSettling; i++)
        {
            TimeSpan compiling = TimeSpan.Zero;
            foreach (View view in s_views)
            {
                compiling += (await WatchAsync(site, view)).Compiling;
            }

            Console.WriteLine($"settling: {compiling.TotalMilliseconds:0} ms of compiling");
            if (compiling < s_settled)
            {
                return;
            }
        }
    }

    private static async Task<Window> WatchAsync(Uri site, View view)
    {
        if (view.Count == 0)
        {
            return await MeasureWindowAsync(view);
        }

        Window window = null!;
        (int pages, double oldest) = await PageViewers.BesideAsync(
            site, view.Path, view.Count, async () => window = await MeasureWindowAsync(view));
        return window with { Pages = pages, Oldest = oldest };
    }

    private static async Task<Window> MeasureWindowAsync(View view)
    {
        TimeSpan compiling = JitInfo.GetCompilationTime();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(s_window);
        TimeSpan busy = Environment.CpuUsage.TotalTime - before;
        return new Window(
            view, 100 * (busy / Stopwatch.GetElapsedTime(began)), JitInfo.GetCompilationTime() - compiling, 0, 0, 0);
    }

    private static List<Figure> Sum(Round[] rounds)
    {
        List<Figure> figures = [new($"{Title}.gateway", Figure.Median(rounds.Select(round => round.Alone)), "%")];
        for (int i = 0; i < s_views.Length; i++)
        {
            double[] costs = [.. rounds.Select(round => round.Windows[i].Cost)];
            double mean = costs.Average();
            double error = Math.Sqrt(costs.Sum(cost => (cost - mean) * (cost - mean))) / costs.Length;
            Console.WriteLine($"{s_views[i].Name}: mean {mean:0.00} % with a standard error of {error:0.00} %");
            figures.Add(new Figure($"{Title}.{s_views[i].Name}", Figure.Median(costs), "%"));
        }

        using Process self = Process.GetCurrentProcess();
        figures.Add(new Figure($"{Title}.age", rounds.Max(round => round.Windows.Max(window => window.Oldest)), "s"));
        figures.Add(new Figure($"{Title}.memory", self.PeakWorkingSet64 / MegaOctet, "MB"));
        return figures;
    }

    /// <summary>Pages that are open at once.</summary>
    private sealed record View(string Name, string Path, int Count);

    /// <summary>What the gateway did meanwhile.</summary>
    private sealed record Window(View View, double Load, TimeSpan Compiling, int Pages, double Oldest, double Cost)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"with {View.Name} {Load:0.0} % ({Compiling.TotalMilliseconds:0} ms of compiling, {Pages} pages, "
            + $"{Oldest:0.00} s old at most)");
    }

    private sealed record Round(double Alone, Window[] Windows);
}
