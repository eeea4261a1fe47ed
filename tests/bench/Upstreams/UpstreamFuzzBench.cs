using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Gateway.Tests.Upstreams.Fuzz;

namespace MicroFirmware.Bench.Upstreams;

/// <summary>
/// Ten million lines of pools and templates of nodes, right, nearly right or noise: no exception, and no memory that
/// grows. Arguments: inputs, seed.
/// </summary>
internal sealed class UpstreamFuzzBench : IBench
{
    private const long DefaultInputs = 10_000_000;
    private const int DefaultSeed = 311;
    private const int Slices = 10;

    public string Name => "fuzz-upstream";

    public string Description => "10 million lines of pools and templates of nodes, no exception (inputs, seed)";

    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        long inputs = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : DefaultInputs;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultSeed;
        long start = Stopwatch.GetTimestamp();
        long understood = 0;
        List<double> heaps = [];
        for (int slice = 0; slice < Slices; slice++)
        {
            UpstreamFuzzer fuzzer = new(seed + (1_000 * slice));
            if (fuzzer.Run(inputs / Slices) is { } failure)
            {
                throw new InvalidOperationException($"seed {seed + (1_000 * slice)}, {failure}");
            }

            understood += fuzzer.Understood;
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024.0);
            Console.WriteLine($"{inputs / Slices * (slice + 1)} inputs, heap {heaps[^1]:f0} KiB");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure(Name, inputs, "inputs"),
            new Figure($"{Name}.understood", understood, "inputs"),
            new Figure($"{Name}.rate", inputs / seconds, "inputs/s"),
            new Figure($"{Name}.growth", heaps[^1] - heaps[1], "KiB"),
        ]);
    }
}
