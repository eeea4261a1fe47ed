using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>Every checked-in image on its emulated chip, against the platform's SHA-256.</summary>
public sealed class KernelTests
{
    /// <summary>In CI a million nonces around the known header; elsewhere a sixteenth of it.</summary>
    private static readonly uint s_nonces =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? 1u << 16 : 2 * KnownCandidates.Reach;

    /// <summary>Generated for the chip's engine and right at default timing.</summary>
    public static TheoryData<string, string> Timed => Images(image =>
        HasOwnTiming(image) && image.HardwareNonces > 0 && (image.BlockCycles == 0
        || image.BlockCycles >= HardwareCatalog.Chip(image.Chip).Sha.Timing.Default.Block));

    /// <summary>Right at every point of the grid.</summary>
    public static TheoryData<string, string> Safe => Images(image =>
        HasOwnTiming(image) && image.HardwareNonces > 0 && !IsExact(image));

    /// <summary>The rest: no engine or no counting, and chips whose timing and loops are another's.</summary>
    public static TheoryData<string, string> Plain => Images(image =>
        image.Kernel != "ladder" && !image.Kernel.StartsWith("exact-", StringComparison.Ordinal)
        && (image.HardwareNonces == 0 || !HasOwnTiming(image)));

    [Theory]
    [MemberData(nameof(Timed))]
    public void Timed_kernel_at_default_timing_finds_all_candidates(string chip, string kernel) =>
        KernelRun.Of(KernelCatalog.Find(chip, kernel), KnownCandidates.Nonce - s_nonces / 2, s_nonces).MustBeRight();

    [Theory]
    [MemberData(nameof(Timed))]
    public void Timed_kernel_under_jitter_has_no_hazard(string chip, string kernel)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var noise = ChipNoise.Busy(seed);
            KernelRun.Of(KernelCatalog.Find(chip, kernel), KnownCandidates.Nonce - 1000, 1500, null, noise)
                .MustBeRight();
        }
    }

    [Theory]
    [MemberData(nameof(Safe))]
    public void Safe_kernel_over_the_grid_finds_all_candidates(string chip, string kernel)
    {
        foreach (var point in HardwareCatalog.Chip(chip).Sha.Timing.Grid())
        {
            var image = KernelCatalog.Find(chip, kernel);
            var noise = ChipNoise.Busy(point.Block);
            KernelRun.Of(image, KnownCandidates.Nonce - 150, 200, point).MustBeRight();
            KernelRun.Of(image, KnownCandidates.Nonce - 50, 80, point, noise).MustBeRight();
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Plain_kernel_finds_all_candidates(string chip, string kernel) =>
        KernelRun.Of(KernelCatalog.Find(chip, kernel), KnownCandidates.Nonce - 1000, 1200).MustBeRight();

    [Fact]
    public void Exact_kernel_on_a_slower_engine_is_wrong()
    {
        var slow = HardwareCatalog.Chip("esp32").Sha.Timing.Default with { Block = 76 };
        var run = KernelRun.Of(KernelCatalog.Find("esp32", "exact"), KnownCandidates.Nonce - 100, 200, slow);
        Assert.Empty(run.Found);
        Assert.NotEqual(0, run.Hazards);
    }

    [Theory]
    [InlineData("esp32", 0)]
    [InlineData("esp32", 65_530)]
    [InlineData("esp32", 30_000)]
    [InlineData("esp32s3", 65_530)]
    [InlineData("esp32c3", 30_000)]
    public void Range_of_any_start_and_length_is_scanned_to_its_end(string chip, uint offset)
    {
        // Begins and ends with a candidate, across a carry into the third octet of the nonce.
        var start = KnownCandidates.Nonce & 0xFFFF_0000;
        var known = KnownCandidates.Within(start - 131_072 + offset, 131_072).Take(3).ToArray();
        var run = KernelRun.Of(KernelCatalog.Find(chip, "interleaved"), known[0], known[^1] - known[0] + 1);
        Assert.Equal(known, run.MustBeRight().Found);
    }

    private static bool HasOwnTiming(KernelImage image) =>
        HardwareCatalog.Chip(image.Chip).Sha.Timing.Confidence != Confidence.Borrowed;

    private static bool IsExact(KernelImage image) => image.Kernel.StartsWith("exact", StringComparison.Ordinal);

    private static TheoryData<string, string> Images(Func<KernelImage, bool> isMeant)
    {
        TheoryData<string, string> data = [];
        foreach (var image in KernelCatalog.Manifest.Images.Where(isMeant).DistinctBy(image => image.File))
        {
            data.Add(image.Chip, image.Kernel);
        }

        return data;
    }
}
