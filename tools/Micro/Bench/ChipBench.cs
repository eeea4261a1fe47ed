using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;

namespace MicroFirmware.Micro.Bench;

/// <summary>Measures the scanners of one chip at every point of its timing grid.</summary>
internal sealed class ChipBench(Chip chip)
{
    private const int HardwareNonces = 1000;

    /// <summary>A software scanner takes twenty times as long and does not look at the engine's timing.</summary>
    private const int SoftwareNonces = 50;

    private readonly TimingPoint _default = chip.Sha.Timing.Default;
    private readonly TimingPoint[] _grid = [.. chip.Sha.Timing.Grid()];

    /// <summary>The rows, in the order of the table.</summary>
    public IEnumerable<BenchRow> Run()
    {
        BenchRow? software = Safe("software", "software", "software-plain");
        BenchRow? interleaved = Safe("interleaved", "interleaved");
        BenchRow?[] rows =
        [
            Safe("baseline", "baseline"), Safe("engine", "engine", "polled", "pipelined"), software, interleaved,
            Exact(interleaved), Device(interleaved, software),
        ];
        return rows.OfType<BenchRow>();
    }

    private KernelImage? Find(params string[] names) => names
        .Select(name => KernelCatalog.Manifest.Images.FirstOrDefault(i => i.Chip == chip.Id && i.Kernel == name))
        .FirstOrDefault(image => image is not null);

    /// <summary>A scanner that is right at every timing: the same code over the whole grid.</summary>
    private BenchRow? Safe(string kernel, params string[] names)
    {
        if (Find(names) is not { } image)
        {
            return null;
        }
        bool isSoftware = kernel == "software";
        KernelFigures[] figures = isSoftware
            ? [KernelMeter.Measure(image, _default, SoftwareNonces)]
            : [.. _grid.Select(point => KernelMeter.Measure(image, point, HardwareNonces))];
        KernelFigures mid = isSoftware ? figures[0] : figures[Array.IndexOf(_grid, _default)];
        return Row(kernel, mid, figures, isSoftware);
    }

    /// <summary>
    /// What the ladder gives where a counted block time fits: at each point the fastest rung that tolerates the point's
    /// block time and has no hazard there; where there is none, the interleaved rung.
    /// </summary>
    private BenchRow? Exact(BenchRow? interleaved)
    {
        KernelImage[] rungs =
        [
            .. KernelCatalog.Manifest.Images
                .Where(i => i.Chip == chip.Id && i.Kernel.StartsWith("exact", StringComparison.Ordinal))
                .OrderBy(i => i.BlockCycles),
        ];
        if (rungs.Length == 0 || interleaved is null)
        {
            return null;
        }
        KernelFigures[] figures = [.. _grid.Select(point => Climb(rungs, point))];
        return Row("exact", figures[Array.IndexOf(_grid, _default)], figures, isSoftware: false);
    }

    private KernelFigures Climb(KernelImage[] rungs, TimingPoint point)
    {
        foreach (KernelImage rung in rungs.Where(rung => rung.BlockCycles >= point.Block))
        {
            KernelFigures figures = KernelMeter.Measure(rung, point, HardwareNonces);
            if (figures.Hazards == 0)
            {
                return figures;
            }
        }
        return KernelMeter.Measure(Find("interleaved")!, point, HardwareNonces);
    }

    /// <summary>The interleaved scanner on one core, the software scanner on the others.</summary>
    private BenchRow? Device(BenchRow? interleaved, BenchRow? software)
    {
        if (interleaved is null || software is null)
        {
            return null;
        }
        HashRateInterval khs = interleaved.Khs;
        double instructions = interleaved.Instructions * interleaved.Khs.Mid;
        double accesses = interleaved.Accesses * interleaved.Khs.Mid;
        for (int core = 1; core < chip.Cores.Count; core++)
        {
            khs += software.Khs;
            instructions += software.Instructions * software.Khs.Mid;
        }
        return interleaved with
        {
            Kernel = "device",
            Khs = khs,
            Instructions = instructions / khs.Mid,
            Accesses = accesses / khs.Mid,
            Cycles = chip.ClockMhz * 1000.0 / khs.Mid,
            Ceiling = Ceiling(khs.Mid),
        };
    }

    private BenchRow Row(string kernel, KernelFigures mid, KernelFigures[] figures, bool isSoftware) => new()
    {
        Chip = chip.Id,
        Kernel = kernel,
        Instructions = mid.Instructions,
        Accesses = mid.Accesses,
        Cycles = mid.Cycles,
        Hazards = figures.Sum(f => f.Hazards),
        Khs = new HashRateInterval(
            figures.Min(f => f.HashRateKhs), mid.HashRateKhs, figures.Max(f => f.HashRateKhs)),
        Ceiling = isSoftware ? null : Ceiling(mid.HashRateKhs),
        Published = chip.Published?.Khs.Mid,
    };

    private double? Ceiling(double khs) => chip.Sha.CeilingKhs is { } ceiling ? khs / ceiling.High : null;
}
