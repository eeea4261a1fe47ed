using System.Diagnostics;
using MicroFirmware.Dashboard;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>The list of 10,000 boards, open in one browser: what it costs the gateway, which serves it once a second.
/// </summary>
public sealed class BoardsListBench : IBench
{
    private const int Boards = 10_000;
    private const int Requests = 100;
    private const int Questions = 50;

    public string Name => "boards-list";

    public string Description => "the list of 10,000 boards: processor time of a page and of a question";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("boards-list-");
        try
        {
            GatewayOptions options = new();
            (options.Http.Port, options.Mqtt.Port) = (0, 0);
            (options.Tls.Enabled, options.Owner.TrustLoopback) = (false, true);
            options.Storage.DataDirectory = folder.FullName;
            using EmbeddedChain chain = new(
                EmbeddedChain.DefaultBlockTime, () => 0, TimeProvider.System, new MemoryChainStore());
            await using GatewayHost host = GatewayHost.Create(
                options, TimeProvider.System, new Random(1), chain, extension: DashboardSite.Extension);
            await host.StartAsync();
            Populate(host, options);
            return [.. await ServeAsync(host), .. Ask(host)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Populate(GatewayHost host, GatewayOptions options)
    {
        DeviceRegistry registry = host.Room<DeviceRegistry>();
        TimeSpan now = host.Room<GatewayClock>().Now;
        Random random = new(1);
        for (int i = 1; i <= Boards; i++)
        {
            Device device = new(i, $"board-{random.Next(1 << 20):x5}-{i:d5}", new byte[32], 0)
            {
                Label = new BoardLabel("", $"Group {i % 8}", "esp32-devkitc"),
            };
            DeviceActivity activity = device.Awake(options.Shares, now);
            activity.SetOnline(true, now);
            activity.Credit((ulong)random.Next(1 << 24), now);
            activity.Telemetry = new Telemetry
            {
                State = "mining",
                Firmware = "0.2.0",
                HashRate = random.Next(400_000),
                Temperature = random.Next(30, 70),
                Rssi = -random.Next(40, 90),
            };
            registry.Load(device);
        }
    }

    private static async Task<IEnumerable<Figure>> ServeAsync(GatewayHost host)
    {
        using HttpClient browser = new() { BaseAddress = new Uri($"http://{host.HttpEndPoint}") };
        long begun = Stopwatch.GetTimestamp();
        int octets = (await browser.GetByteArrayAsync("/boards")).Length;
        TimeSpan first = Stopwatch.GetElapsedTime(begun);
        for (int i = 0; i < Requests; i++)
        {
            await browser.GetByteArrayAsync("/boards");
        }

        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Requests; i++)
        {
            await browser.GetByteArrayAsync("/boards?sort=-proven&from=5000");
        }

        // A page asks once a second, so what a page takes is what a second takes.
        TimeSpan page = (Environment.CpuUsage.TotalTime - before) / Requests;
        return
        [
            new Figure("boards-list", page.TotalSeconds * 100, "%-of-a-core"),
            new Figure("boards-list.first", first.TotalMilliseconds, "ms"),
            new Figure("boards-list.page", octets / 1024.0, "KB"),
        ];
    }

    private static IEnumerable<Figure> Ask(GatewayHost host)
    {
        BoardCatalogue catalogue = host.Room<BoardCatalogue>();
        foreach (BoardSort sort in new[] { BoardSort.Name, BoardSort.Proven })
        {
            BoardQuery query = new("board", Sort: sort);
            catalogue.Find(query, 0, 80);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < Questions; i++)
            {
                catalogue.Find(query, 0, 80);
            }

            TimeSpan taken = (Environment.CpuUsage.TotalTime - before) / Questions;
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Questions;
            string name = $"boards-list.by-{sort.ToString().ToLowerInvariant()}";
            yield return new Figure(name, taken.TotalMilliseconds, "ms");
            yield return new Figure(name + ".allocated", allocated / 1024.0, "KB");
        }
    }
}
