using System.Collections.Concurrent;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// A chip's scanners from the fastest to the safest, as hardware/kernels/mf_ladder.h orders them: those that count on a
/// block time no shorter than the engine's, then those that ask the engine. A rung is used only after its own self-test
/// has passed on an emulated chip.
/// </summary>
internal sealed class KernelLadder
{
    /// <summary>Longest a self-test may take: ten times what the slowest scanner needs.</summary>
    private const long SelftestCycles = 3_000_000_000;

    /// <summary>Scanners that are right at any block time, fastest first.</summary>
    private static readonly string[] s_safe = ["interleaved", "engine", "polled", "pipelined", "baseline"];

    private static readonly ConcurrentDictionary<(KernelImage, TimingPoint), bool> s_proven = new();

    private readonly Chip _chip;
    private readonly TimingPoint _timing;
    private readonly KernelImage[] _rungs;
    private int _current = -1;

    public KernelLadder(Chip chip, TimingPoint timing, string? kernel)
    {
        _chip = chip;
        _timing = timing;
        _rungs = kernel is null ? [.. Rungs(chip, timing)] : [KernelCatalog.Find(chip.Id, kernel)];
    }

    /// <summary>The rung in use; null before the first and below the last.</summary>
    public KernelImage? Current => _current >= 0 && _current < _rungs.Length ? _rungs[_current] : null;

    /// <summary>Goes to the next safer rung that passes its self-test.</summary>
    /// <returns>False when there is none.</returns>
    public bool Next()
    {
        do
        {
            _current++;
        }
        while (_current < _rungs.Length && !IsProven(_rungs[_current]));
        return _current < _rungs.Length;
    }

    private static IEnumerable<KernelImage> Rungs(Chip chip, TimingPoint timing)
    {
        KernelImage[] images = [.. KernelCatalog.Manifest.Images.Where(image => image.Chip == chip.Id)];
        IEnumerable<KernelImage> exact = images
            .Where(image => image.BlockCycles >= timing.Block && !s_safe.Contains(image.Kernel))
            .OrderBy(image => image.BlockCycles);
        IEnumerable<KernelImage> safe = images
            .Where(image => s_safe.Contains(image.Kernel))
            .OrderBy(image => Array.IndexOf(s_safe, image.Kernel));
        return exact.Concat(safe);
    }

    private bool IsProven(KernelImage image) => s_proven.GetOrAdd((image, _timing), _ =>
    {
        EmulatedChip chip = new(_chip, _timing);
        KernelCore core = new(chip, 0, image);
        core.StartSelftest();
        return core.RunToEnd(SelftestCycles) == KernelResult.Done;
    });
}
