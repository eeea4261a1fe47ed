using System.Diagnostics;
using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;

namespace MicroFirmware.Bench.Emulator;

/// <summary>
/// How fast the emulated chips run on one core of this machine: emulated instructions a second, with cycle accounting,
/// in a software and in a hardware scanner, and the hash rate of a virtual board.
/// </summary>
public sealed class EmulatorBench : IBench
{
    private const int Runs = 5;
    private const long CyclesInRun = 100_000_000;
    private const uint Endless = uint.MaxValue;

    private static readonly (string Chip, string Kernel)[] s_cases =
    [
        ("esp32", "software-plain"), ("esp32", "pipelined"), ("esp32c3", "software-plain"), ("esp32c3", "pipelined"),
        ("esp32", "interleaved"), ("esp32s3", "interleaved"), ("esp32c3", "interleaved"),
    ];

    public string Name => "emulator";

    public string Description => "emulated instructions a second, per chip and kernel, on one core";

    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        List<Figure> figures = [];
        foreach ((string chip, string kernel) in s_cases)
        {
            if (KernelCatalog.Manifest.Images.FirstOrDefault(i => i.Chip == chip && i.Kernel == kernel) is { } image)
            {
                figures.Add(Measure(image));
            }
        }
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static Figure Measure(KernelImage image)
    {
        EmulatedChip chip = new(HardwareCatalog.Chip(image.Chip));
        KernelCore core = new(chip, 0, image);
        core.Start(new byte[76], 0, Endless, KernelCore.MaxThreshold);
        core.Run(CyclesInRun / 4);
        using Process process = Process.GetCurrentProcess();
        List<double> runs = [];
        for (int i = 0; i < Runs; i++)
        {
            long instructions = chip.Instructions(0);
            TimeSpan began = process.TotalProcessorTime;
            core.Run(CyclesInRun);
            TimeSpan took = Elapsed(process, began);
            runs.Add((chip.Instructions(0) - instructions) / took.TotalSeconds / 1e6);
        }
        return new Figure($"emulator.{image.Chip}-{image.Kernel}", Figure.Median(runs), "MIPS");
    }

    /// <summary>Processor time, not the clock's: other programs on the machine do not count.</summary>
    private static TimeSpan Elapsed(Process process, TimeSpan began)
    {
        process.Refresh();
        return process.TotalProcessorTime - began;
    }
}
