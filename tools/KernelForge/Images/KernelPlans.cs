using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Images;

/// <summary>Every image of every chip.</summary>
internal static class KernelPlans
{
    /// <summary>
    /// Chips that run another chip's images, because they are the same silicon or differ in nothing compiled.
    /// </summary>
    private static readonly Dictionary<string, string> s_sharing = new()
    {
        ["esp32-rev1"] = "esp32",
        ["esp32c3-fast"] = "esp32c3",
    };

    /// <summary>All plans, by chip and kernel.</summary>
    public static IReadOnlyList<KernelPlan> All { get; } =
        [.. HardwareCatalog.Chips.Where(chip => !s_sharing.ContainsKey(chip.Id)).SelectMany(Of)];

    /// <summary>The chip whose image serves a chip.</summary>
    public static string Source(string chip) => s_sharing.GetValueOrDefault(chip, chip);

    private static IEnumerable<KernelPlan> Of(Chip chip)
    {
        var family = chip.Sha.Engine == ShaEngineKind.Classic ? "classic" : "memory";
        yield return new(chip.Id, "baseline", "baseline_" + family);
        yield return new(chip.Id, "pipelined", "pipelined_" + family);
        yield return new(chip.Id, "software-plain", "software");
    }
}
