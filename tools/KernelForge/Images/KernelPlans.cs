using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Programs;

namespace MicroFirmware.KernelForge.Images;

/// <summary>Every image of every chip.</summary>
internal static class KernelPlans
{
    private const string Ladder = "ladder";

    /// <summary>Chips that are compiled for as another chip: the same silicon, described twice.</summary>
    private static readonly Dictionary<string, string> s_same = new()
    {
        ["esp32-rev1"] = "esp32",
        ["esp32c3-fast"] = "esp32c3",
    };

    /// <summary>What is built, by chip and kernel.</summary>
    public static IReadOnlyList<KernelPlan> All { get; } =
        [.. HardwareCatalog.Chips.SelectMany(Of).Where(plan => Source(plan.Chip, plan.Kernel) == plan.Chip)];

    /// <summary>The chip whose image serves a chip: loops depend on the timing, C++ does not.</summary>
    public static string Source(string chip, string kernel)
    {
        var same = s_same.GetValueOrDefault(chip, chip);
        var isOtherTiming = HardwareCatalog.Chip(same).Sha.Timing != HardwareCatalog.Chip(chip).Sha.Timing;
        var hasEngineLoop = kernel == Ladder
            || LoopDesigns.Of(HardwareCatalog.Chip(chip)).Any(loop => loop.Name == kernel && loop.HasHardware);
        return isOtherTiming && hasEngineLoop ? chip : same;
    }

    // As many as fit the emulated instruction RAM beside the copy of the one that runs; the lowest rung there is C++.
    private static IEnumerable<string> RungsInOneImage(Chip chip) =>
        LoopDesigns.Rungs(chip)
            .Where(design => !design.IsPolled && design.Worst.Block >= chip.Sha.Timing.Default.Block)
            .Select(design => design.Name);

    /// <summary>All kernels of a chip, whether built for it or for another.</summary>
    public static IEnumerable<KernelPlan> Of(Chip chip)
    {
        var family = chip.Sha.Engine == ShaEngineKind.Classic ? "classic" : "memory";
        yield return new(chip.Id, "baseline", "baseline_" + family);
        yield return new(chip.Id, "pipelined", "pipelined_" + family);
        yield return new(chip.Id, "software-plain", "software");
        foreach (var loop in LoopDesigns.Of(chip))
        {
            yield return new(chip.Id, loop.Name, loop.HasHardware ? "loop_" + family : "loop_software", loop);
        }

        yield return new(chip.Id, Ladder, "ladder") { Rungs = [.. RungsInOneImage(chip)] };
    }
}
