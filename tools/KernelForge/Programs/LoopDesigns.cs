using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>The loops that are made for a chip: the rungs of its ladder, and the streams on their own.</summary>
internal static class LoopDesigns
{
    /// <summary>Those among which the ladder chooses, from the safest to the fastest.</summary>
    public static IEnumerable<LoopDesign> Rungs(Chip chip) =>
        Of(chip).Where(design => design is { HasHardware: true, HasSoftware: true });

    /// <summary>All of them.</summary>
    public static IEnumerable<LoopDesign> Of(Chip chip)
    {
        var block = chip.Sha.Timing.Block;
        yield return LoopDesign.Software(chip);
        yield return LoopDesign.Polled(chip);
        yield return LoopDesign.GridSafe(chip, "engine") with { HasSoftware = false };
        yield return LoopDesign.GridSafe(chip, "interleaved");
        yield return LoopDesign.Exact(chip, $"exact-{block.High}", block.High);
        yield return LoopDesign.Exact(chip, "exact", block.Mid);
        yield return LoopDesign.Exact(chip, $"exact-{block.Low}", block.Low);
    }
}
