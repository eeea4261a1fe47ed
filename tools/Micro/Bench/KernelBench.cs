using MicroFirmware.Hardware;

namespace MicroFirmware.Micro.Bench;

/// <summary>Measures every scanner on every chip, as many chips at once as there are processors.</summary>
internal static class KernelBench
{
    /// <summary>The rows, chip by chip, the managed scanner last.</summary>
    /// <param name="chips">The chips.</param>
    /// <param name="stop">Ends the run early.</param>
    public static IReadOnlyList<BenchRow> Run(IReadOnlyList<Chip> chips, CancellationToken stop)
    {
        BenchRow[][] rows = new BenchRow[chips.Count][];
        ParallelOptions options = new()
        {
            CancellationToken = stop,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.For(0, chips.Count, options, i => rows[i] = [.. new ChipBench(chips[i]).Run()]);
        return [.. rows.SelectMany(r => r), Managed()];
    }

    private static BenchRow Managed() => new()
    {
        Chip = "any",
        Kernel = "managed",
        Instructions = ManagedScannerIl.Count(),
        Accesses = 0,
        Cycles = 0,
        Hazards = 0,
        Khs = ManagedScannerIl.EstimatedKhs,
    };
}
