using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Bench.Shares;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Tests.Stratum.Fuzz;

namespace MicroFirmware.Bench.Stratum;

/// <summary>
/// Ten million lines, right, nearly right or noise, against a whole gateway's Stratum server without sockets: no
/// unhandled exception, no connection left, both readers of shares agree, and memory does not grow. Each slice has a
/// gateway of its own, so that the store does not fill the disk. Arguments: lines, seed.
/// </summary>
internal sealed class StratumFuzzBench : IBench
{
    private const long DefaultLines = 10_000_000;
    private const int DefaultSeed = 3_333;
    private const int Slices = 10;

    public string Name => "fuzz-stratum";

    public string Description => "seeded fuzzer of Stratum miners: 10 million lines, no exception (lines, seed)";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        long lines = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : DefaultLines;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultSeed;
        long start = Stopwatch.GetTimestamp();
        long sent = 0;
        List<double> heaps = [];
        for (int slice = 0; slice < Slices; slice++)
        {
            sent += await RunAsync(lines / Slices, seed + slice);
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024.0);
            Console.WriteLine($"{sent} lines, seed {seed + slice}, heap {heaps[^1]:f0} KiB");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return
        [
            new Figure(Name, sent, "lines"),
            new Figure($"{Name}.rate", sent / seconds, "lines/s"),
            new Figure($"{Name}.growth", heaps[^1] - heaps[Math.Min(1, Slices - 1)], "KiB"),
        ];
    }

    private static async Task<long> RunAsync(long lines, int seed)
    {
        string directory = Directory.CreateTempSubdirectory("fuzz-stratum-").FullName;
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Shares.MaxWork = 1 << 12;
        options.Shares.StartWork = 1 << 10;
        options.Storage.DataDirectory = directory;
        try
        {
            await using GatewayHost gateway =
                GatewayHost.Create(options, TimeProvider.System, new Random(seed), new EasyUpstream());
            await gateway.StartAsync();
            StratumServer server = gateway.Room<StratumServer>();
            StratumFuzzer fuzzer = new(seed, server);
            await fuzzer.RunAsync(lines);
            return server.Statistics.Connections == 0
                ? fuzzer.Sent
                : throw new InvalidOperationException($"{server.Statistics.Connections} connections are left.");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
