using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The checked-in machine code of every scanner, run on its chip.</summary>
public sealed class KernelTests
{
    private const long LongestSelftestCycles = 1_000_000_000;

    public static IEnumerable<object[]> Images =>
        KernelCatalog.Manifest.Images
            .DistinctBy(image => image.File)
            .Select(image => new object[] { image.Chip, image.Kernel });

    [Theory]
    [MemberData(nameof(Images))]
    public void Kernel_passes_its_selftest_without_a_hazard(string chip, string kernel)
    {
        EmulatedChip emulated = new(HardwareCatalog.Chip(chip));
        KernelCore core = new(emulated, 0, KernelCatalog.Find(chip, kernel));
        core.StartSelftest();

        Assert.Equal(KernelResult.Done, core.RunToEnd(LongestSelftestCycles));
        Assert.Empty(emulated.Hazards.First);
    }
}
