using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Emit;
using MicroFirmware.KernelForge.Scheduling;

namespace MicroFirmware.KernelForge.Images;

/// <summary>Generates, compiles, links and describes the images.</summary>
/// <param name="repository">The checkout whose sources are built.</param>
/// <param name="workFolder">Where intermediate files go.</param>
internal sealed class ImageBuilder(string repository, string workFolder)
{
    private readonly string _kernels = Path.Combine(repository, "hardware", "kernels");

    /// <summary>Builds images and manifest into a folder, replacing what is there.</summary>
    /// <returns>The manifest.</returns>
    public KernelManifest Build(string outputFolder)
    {
        Directory.CreateDirectory(workFolder);
        Directory.CreateDirectory(outputFolder);
        foreach (var old in Directory.EnumerateFiles(outputFolder, "*.bin"))
        {
            File.Delete(old);
        }

        var built = KernelPlans.All.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .Select(plan => Build(plan, outputFolder))
            .ToDictionary(image => (image.Chip, image.Kernel));
        var images =
            from chip in HardwareCatalog.Chips
            from plan in KernelPlans.Of(chip)
            let image = built[(KernelPlans.Source(chip.Id, plan.Kernel), plan.Kernel)]
            select image with { Chip = chip.Id };
        var manifest = new KernelManifest(SourceHash.Of(repository), [.. images]);
        File.WriteAllText(Path.Combine(outputFolder, "manifest.json"), manifest.ToJson());
        return manifest;
    }

    private KernelImage Build(KernelPlan plan, string outputFolder)
    {
        var chip = HardwareCatalog.Chip(plan.Chip);
        var tools = Toolchain.Of(chip.Isa);
        string Work(string name) => Path.Combine(workFolder, $"{plan.Chip}-{plan.Kernel}-{name}");
        List<string> objects = [];
        List<string> options = [];
        Schedule? schedule = null;
        if (plan.Loop is { } design)
        {
            LoopScheduler scheduler = new(chip, design);
            schedule = scheduler.Run();
            File.WriteAllText(Work("loop.S"), LoopWriter.Write(chip, design, scheduler.Frame, schedule));
            objects.Add(Work("loop.o"));
            tools.Assemble(Work("loop.S"), objects[^1]);
            // Around a generated loop nothing is hot.
            options.Add("-Os");
            options.Add($"-DMF_HARDWARE_NONCES={schedule.HardwareNonces}");
            options.Add($"-DMF_SOFTWARE_NONCES={schedule.SoftwareNonces}");
        }

        foreach (var entry in new[] { plan.Entry, "runtime" })
        {
            objects.Add(Work(entry + ".o"));
            tools.Compile(Path.Combine(_kernels, "entries", entry + ".cpp"), objects[^1], [.. options]);
        }

        var linked = tools.Link(Path.Combine(_kernels, "link", "image.ld"), chip.Memory.IramBase, Work("elf"), objects);
        File.WriteAllBytes(Path.Combine(outputFolder, plan.File), linked.Image);
        return Describe(plan, linked, schedule);
    }

    private static KernelImage Describe(KernelPlan plan, Elf32 linked, Schedule? schedule) => new()
    {
        Chip = plan.Chip,
        Kernel = plan.Kernel,
        File = plan.File,
        Base = linked.Base,
        Bytes = linked.Image.Length,
        IramBytes = schedule is null
            ? linked.Image.Length
            : (int)(linked.Symbols["mf_loop_end"] - linked.Symbols["mf_loop_begin"]),
        Scan = linked.Symbols["mf_scan"],
        Selftest = linked.Symbols["mf_selftest"],
        BlockCycles = plan.Loop is { IsPolled: false, HasHardware: true } design ? design.Worst.Block : 0,
        HardwareNonces = schedule?.HardwareNonces ?? 0,
        SoftwareNonces = schedule?.SoftwareNonces ?? 0,
    };
}
