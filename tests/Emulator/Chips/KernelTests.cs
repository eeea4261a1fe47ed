using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The checked-in machine code of every scanner, run on its chip.</summary>
public sealed class KernelTests
{
    private const long LongestSelftestCycles = 1_000_000_000;

    public static IEnumerable<object[]> Images => Select(_ => true);

    public static IEnumerable<object[]> CountedImages => Select(image => image.BlockCycles != 0);

    [Theory]
    [MemberData(nameof(Images))]
    public void Kernel_at_a_block_time_it_tolerates_passes_its_selftest_without_a_hazard(string chip, string kernel)
    {
        KernelImage image = KernelCatalog.Find(chip, kernel);
        TimingPoint timing = HardwareCatalog.Chip(chip).Sha.Timing.Default;
        int block = image.BlockCycles == 0 ? timing.Block : Math.Min(timing.Block, image.BlockCycles);

        (KernelResult result, HazardLogSummary hazards) = Selftest(image, timing with { Block = block });

        Assert.Equal((KernelResult.Done, 0, ""), (result, hazards.Count, hazards.First));
    }

    [Theory]
    [MemberData(nameof(CountedImages))]
    public void Kernel_that_counts_on_a_shorter_block_fails_its_selftest(string chip, string kernel)
    {
        KernelImage image = KernelCatalog.Find(chip, kernel);
        TimingPoint timing = HardwareCatalog.Chip(chip).Sha.Timing.Default;

        (KernelResult result, HazardLogSummary hazards) =
            Selftest(image, timing with { Block = image.BlockCycles + 12 });

        Assert.Equal(KernelResult.SelftestFailed, result);
        Assert.True(hazards.Count > 0);
    }

    [Theory]
    [InlineData("esp32", "interleaved")]
    [InlineData("esp32c3", "software")]
    public void Kernel_that_is_told_to_stop_says_what_is_left(string chip, string kernel)
    {
        const uint range = 1_000_000_000;
        KernelCore core = new(new EmulatedChip(HardwareCatalog.Chip(chip)), 0, KernelCatalog.Find(chip, kernel));
        core.Start(new byte[76], 5, range, 0);
        Assert.False(core.Run(1_000_000));
        core.Stop();

        Assert.Equal(KernelResult.Stopped, core.RunToEnd(LongestSelftestCycles));
        KernelRange left = core.ReadRange();
        Assert.Equal(5 + range, left.First + left.Count);
        Assert.InRange(left.Count, 1u, range - 1);
    }

    private static (KernelResult Result, HazardLogSummary Hazards) Selftest(KernelImage image, TimingPoint timing)
    {
        EmulatedChip chip = new(HardwareCatalog.Chip(image.Chip), timing);
        KernelCore core = new(chip, 0, image);
        core.StartSelftest();
        KernelResult result = core.RunToEnd(LongestSelftestCycles);
        string first = chip.Hazards.First.Count == 0 ? "" : chip.Hazards.First[0].ToString();
        return (result, new HazardLogSummary(chip.Hazards.Count, first));
    }

    private static IEnumerable<object[]> Select(Func<KernelImage, bool> predicate) => KernelCatalog.Manifest.Images
        .DistinctBy(image => image.File)
        .Where(predicate)
        .Select(image => new object[] { image.Chip, image.Kernel });

    private sealed record HazardLogSummary(long Count, string First);
}
