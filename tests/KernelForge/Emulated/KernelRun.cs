using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Tests.Ssa;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>An image's scan of a range around block 125552 on the emulated chip.</summary>
/// <param name="Found">What it reported, ascending.</param>
/// <param name="Expected">What there is.</param>
/// <param name="Mismatches">Candidates that did not stand up to plain software.</param>
/// <param name="Hazards">Accesses that hardware would punish.</param>
/// <param name="Khs">Rate in kH/s.</param>
internal sealed record KernelRun(
    IReadOnlyList<uint> Found, IReadOnlyList<uint> Expected, uint Mismatches, long Hazards, double Khs)
{
    private const long MostCyclesPerNonce = 10_000;

    /// <summary>Scans.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">First nonce.</param>
    /// <param name="count">How many.</param>
    /// <param name="timing">Timing point; null for the default.</param>
    /// <param name="noise">Disturbance; null for none.</param>
    public static KernelRun Of(
        KernelImage image, uint first, uint count, TimingPoint? timing = null, ChipNoise? noise = null)
    {
        var description = HardwareCatalog.Chip(image.Chip);
        EmulatedChip chip = new(description, timing, noise);
        KernelCore core = new(chip, 0, image);
        core.Start(Reference.Header.AsSpan(0, 76), first, count, KernelCore.MaxThreshold);
        List<uint> found = [];
        uint mismatches = 0;
        KernelResult result;
        do
        {
            result = core.RunToEnd(count * MostCyclesPerNonce);
            var range = core.ReadRange();
            found.AddRange(range.Nonces);
            mismatches += range.Mismatches;
            if (result == KernelResult.Full)
            {
                core.Start(Reference.Header.AsSpan(0, 76), range.First, range.Count, KernelCore.MaxThreshold);
            }
        }
        while (result == KernelResult.Full);

        return new(
            [.. found.Order()],
            [.. KnownCandidates.Within(first, count)],
            mismatches,
            chip.Hazards.Count,
            description.ClockMhz * 1000.0 * count / chip.Cycles(0));
    }

    /// <summary>Fails unless it found what there is, and nothing was punished.</summary>
    public KernelRun MustBeRight()
    {
        Assert.Equal(Expected, Found);
        Assert.Equal(0u, Mismatches);
        Assert.Equal(0, Hazards);
        return this;
    }
}
