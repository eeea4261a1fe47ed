using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Scheduling;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>
/// Rates that must not be lost again: cycles of the emulated chip at default timing, not wall-clock time.
/// </summary>
public sealed class BarTests
{
    private const uint Nonces = 20_000;

    [Theory]
    [InlineData("esp32", "engine", 780)]
    [InlineData("esp32", "interleaved", 812)]
    [InlineData("esp32", "exact", 890)]
    [InlineData("esp32", "software", 48)]
    [InlineData("esp32s3", "engine", 378)]
    [InlineData("esp32s3", "interleaved", 405)]
    [InlineData("esp32s3", "exact", 418)]
    [InlineData("esp32c3", "engine", 380)]
    [InlineData("esp32c3", "interleaved", 395)]
    [InlineData("esp32c3", "exact", 408)]
    [InlineData("esp32c3", "software", 26.5)]
    [InlineData("esp32c3-fast", "engine", 495)]
    [InlineData("esp32c3-fast", "interleaved", 508)]
    [InlineData("esp32c3-fast", "exact", 540)]
    public void Kernel_at_default_timing_reaches_its_rate(string chip, string kernel, double leastKhs)
    {
        var nonces = kernel == "software" ? Nonces / 10 : Nonces;
        var run = KernelRun.Of(KernelCatalog.Find(chip, kernel), KnownCandidates.Nonce - nonces / 2, nonces);
        Assert.True(run.MustBeRight().Khs >= leastKhs, $"{run.Khs:f1} kH/s");
    }

    [Theory]
    [InlineData("esp32", 855)]
    [InlineData("esp32s3", 450)]
    public void All_cores_together_reach_the_devices_rate(string chip, double leastKhs)
    {
        var both = KernelRun.Of(KernelCatalog.Find(chip, "interleaved"), KnownCandidates.Nonce, Nonces).Khs;
        var other = KernelRun.Of(KernelCatalog.Find(chip, "software"), KnownCandidates.Nonce, Nonces / 10).Khs;
        Assert.True(both + other >= leastKhs, $"{both:f1} + {other:f1} kH/s");
    }

    [Theory]
    [InlineData("esp32", "interleaved")]
    [InlineData("esp32s3", "exact")]
    [InlineData("esp32c3", "polled")]
    [InlineData("esp32c3-fast", "engine")]
    public void Schedule_predicts_the_emulated_rate_to_one_percent(string chip, string kernel)
    {
        var description = HardwareCatalog.Chip(chip);
        var design = LoopDesigns.Of(description).Single(loop => loop.Name == kernel);
        var report = LoopReport.Of(description, design);
        var run = KernelRun.Of(KernelCatalog.Find(chip, kernel), KnownCandidates.Nonce, Nonces);
        Assert.InRange(run.Khs / report.Khs, 0.99, 1.01);
    }
}
