using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Bench.Stratum;

/// <summary>
/// From the node's answer, that there is a new block with 1,500 transactions behind it, until the last of 1,000 Stratum
/// miners has its notify and the last of 1,000 boards its notice. The node is a handler of HTTP requests in this
/// process; its JSON is read, checked and hashed like any other's. Miners and boards run on the same cores.
/// </summary>
internal sealed class JobLatencyBench : IBench
{
    private const int Clients = 1_000;
    private const int Runs = 5;
    private const int BlocksPerRun = 11;

    public string Name => "job-latency";

    public string Description => "ms from a node's new block to the last of 1,000 Stratum miners and of 1,000 boards";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Runs;
        double miners = await MedianAsync(runs, "miners", async gateway =>
        {
            Countdown countdown = new(Clients);
            List<IDisposable> clients = [];
            for (int i = 0; i < Clients; i++)
            {
                LoadMiner miner = await LoadMiner.ConnectAsync(gateway.StratumEndPoint!.Port, i);
                miner.OnJob = _ => countdown.Count();
                _ = Task.Run(miner.ListenAsync);
                clients.Add(miner);
            }

            return (countdown, clients);
        });
        double boards = await MedianAsync(runs, "boards", async gateway =>
        {
            Countdown countdown = new(Clients);
            List<IDisposable> clients = [];
            for (int i = 0; i < Clients; i++)
            {
                JobBoardClient board = await JobBoardClient.StartAsync(gateway, i);
                board.OnJob = countdown.Count;
                _ = Task.Run(board.ListenAsync);
                clients.Add(board);
            }

            return (countdown, clients);
        });
        return [new Figure($"{Name}.stratum", miners, "ms"), new Figure($"{Name}.boards", boards, "ms")];
    }

    private static async Task<double> MedianAsync(
        int runs, string who, Func<GatewayHost, Task<(Countdown, List<IDisposable>)>> connect)
    {
        List<double> medians = [];
        for (int run = 1; run <= runs; run++)
        {
            medians.Add(await RunAsync(connect));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}, {who}: {medians[^1]:0.0} ms"));
        }

        return Figure.Median(medians);
    }

    private static async Task<double> RunAsync(Func<GatewayHost, Task<(Countdown, List<IDisposable>)>> connect)
    {
        string directory = Directory.CreateTempSubdirectory("job-latency-").FullName;
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Stratum.Port = 0;
        options.Stratum.MaxConnectsPerAddressPerSecond = 0;
        options.Storage.DataDirectory = directory;
        FakeNode node = new();
        await using NodeUpstream upstream = new(
            [new NodeOptions { Url = new Uri("http://127.0.0.1:8332") }], Coin.Find("bitcoin-regtest"), [0x51],
            () => node, TimeProvider.System, Backoff.Usual(new Random(1)), new UpstreamMetrics(),
            NullLogger<NodeUpstream>.Instance);
        await using GatewayHost gateway = GatewayHost.Create(options, TimeProvider.System, new Random(1), upstream);
        await gateway.StartAsync();
        upstream.Start();
        (Countdown countdown, List<IDisposable> clients) = await connect(gateway);
        List<double> times = [];
        TimeSpan busy = TimeSpan.Zero;
        for (int block = 0; block < BlocksPerRun; block++)
        {
            node.Prepare();
            GC.Collect();
            Task<long> last = countdown.Start();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            node.FindBlock();
            times.Add(Stopwatch.GetElapsedTime(start, await last).TotalMilliseconds);
            busy += Environment.CpuUsage.TotalTime - before;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {busy.TotalMilliseconds / BlocksPerRun:0.0} ms of processor time a block, clients included"));
        clients.ForEach(client => client.Dispose());
        await gateway.StopAsync();
        Directory.Delete(directory, recursive: true);

        // The first block finds code that was never run.
        return Figure.Median(times.Skip(1));
    }

    /// <summary>Waits for the last of so many.</summary>
    private sealed class Countdown(int count)
    {
        private TaskCompletionSource<long> _done = new();
        private int _left;

        public Task<long> Start()
        {
            _done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, count);
            return _done.Task;
        }

        public void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
    }
}
