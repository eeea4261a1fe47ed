using System.Diagnostics;
using System.Runtime;
using MicroFirmware.Dashboard;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>The gateway's pages: how soon, how heavy, and what they cost a gateway with 10,000 boards.</summary>
public sealed class DashboardBench : IBench
{
    private const int Boards = 10_000;
    private const double MegaOctet = 1e6;

    // What runs often is compiled again, better; a page that is open for hours does not pay for that. The first window
    // does, and is a figure of its own.
    private const int MostSettling = 10;
    private static readonly TimeSpan s_settled = TimeSpan.FromMilliseconds(20);

    // Long enough that a tick of the scheduler's accounting does not show.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(20);

    public string Name => "dashboard";

    public string Description => "first page, weight and memory of the overview; processor time of an open page";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-dashboard-");
        try
        {
            using EmbeddedChain chain = new(
                EmbeddedChain.DefaultBlockTime, () => 0, TimeProvider.System, new MemoryChainStore());
            await using GatewayHost host = GatewayHost.Create(OptionsIn(folder), TimeProvider.System, new Random(1),
                chain, extension: DashboardSite.Extension);
            await host.StartAsync();
            return await MeasureAsync(host);
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
        return options;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(GatewayHost host)
    {
        // First of all, while nothing of a page has run in this process.
        PlainBrowser browser = new(host.HttpEndPoint);
        long started = Stopwatch.GetTimestamp();
        await browser.GetAsync("/");
        double first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        int weight = await browser.WeighAsync("/");
        double memory = IdleMemory();

        await EnrolAsync(host);
        TimeSpan cold = await ProcessorTimeAsync(() => browser.WatchAsync("/", s_window));
        for (int i = 0; i < MostSettling; i++)
        {
            TimeSpan compiled = JitInfo.GetCompilationTime();
            await browser.WatchAsync("/", s_window);
            if (JitInfo.GetCompilationTime() - compiled < s_settled)
            {
                break;
            }
        }

        TimeSpan alone = await ProcessorTimeAsync(() => Task.Delay(s_window));
        int pages = 0;
        TimeSpan watched = await ProcessorTimeAsync(async () => pages = await browser.WatchAsync("/", s_window));
        Console.WriteLine($"{pages} pages in {s_window.TotalSeconds} s; alone {alone.TotalMilliseconds:0} ms of "
            + $"processor time, with the page open {watched.TotalMilliseconds:0} ms");
        return
        [
            new("dashboard", first, "ms"),
            new("dashboard.weight", weight / 1000.0, "KB"),
            new("dashboard.memory", memory, "MB"),
            new("dashboard.load", 100 * (watched - alone) / s_window, "%"),
            new("dashboard.load.first", 100 * (cold - alone) / s_window, "%"),
            new("dashboard.age", s_window.TotalSeconds / Math.Max(1, pages), "s"),
        ];
    }

    private static double IdleMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64 / MegaOctet;
    }

    /// <summary>Boards that are connected and say what they do, as 10,000 would after a minute.</summary>
    private static async Task EnrolAsync(GatewayHost host)
    {
        Random random = new(1);
        byte[] key = new byte[Limits.KeyLength];
        DeviceRegistry registry = host.Room<DeviceRegistry>();
        ShareOptions shares = host.Room<Live<ShareOptions>>().Now;
        TimeSpan now = host.Room<GatewayClock>().Now;
        for (int i = 0; i < Boards; i++)
        {
            random.NextBytes(key);
            string id = $"board-{i:D5}";
            await host.EnrolAsync(id, key);
            Device device = registry.Find(id)!;
            lock (device)
            {
                DeviceActivity activity = device.Awake(shares, now);
                activity.SetOnline(true, now);
                activity.Telemetry = new Telemetry { HashRate = 350_000, State = "mining" };
                activity.Credit(350_000UL * 30, now);
            }
        }
    }

    private static async Task<TimeSpan> ProcessorTimeAsync(Func<Task> run)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        await run();
        self.Refresh();
        return self.TotalProcessorTime - before;
    }
}
