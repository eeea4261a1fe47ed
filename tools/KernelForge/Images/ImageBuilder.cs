using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Emit;
using MicroFirmware.KernelForge.Programs;
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

    /// <summary>Generates and compiles what an image is linked from.</summary>
    internal (IReadOnlyList<string> Objects, Schedule? Schedule) Compile(KernelPlan plan)
    {
        var tools = Toolchain.Of(HardwareCatalog.Chip(plan.Chip).Isa);
        List<string> objects = [];
        string[] options = [];
        var schedule = plan.Loop is { } design ? Generate(plan, design, objects) : null;
        if (schedule is not null)
        {
            // Around a generated loop nothing is hot.
            options =
            [
                "-Os",
                $"-DMF_HARDWARE_NONCES={schedule.HardwareNonces}",
                $"-DMF_SOFTWARE_NONCES={schedule.SoftwareNonces}",
            ];
        }

        foreach (var entry in new[] { plan.Entry, "runtime" })
        {
            objects.Add(Work(plan, entry + ".o"));
            tools.Compile(Path.Combine(_kernels, "entries", entry + ".cpp"), objects[^1], options);
        }

        return (objects, schedule);
    }

    private Schedule Generate(KernelPlan plan, LoopDesign design, List<string> objects)
    {
        var chip = HardwareCatalog.Chip(plan.Chip);
        LoopScheduler scheduler = new(chip, design);
        var schedule = scheduler.Run();
        var source = Work(plan, "loop.S");
        File.WriteAllText(source, LoopWriter.Write(chip, design, scheduler.Frame, schedule));
        objects.Add(Work(plan, "loop.o"));
        Toolchain.Of(chip.Isa).Assemble(source, objects[^1]);
        return schedule;
    }

    private KernelImage Build(KernelPlan plan, string outputFolder)
    {
        var chip = HardwareCatalog.Chip(plan.Chip);
        var (objects, schedule) = Compile(plan);
        var script = Path.Combine(_kernels, "link", "image.ld");
        var linked = Toolchain.Of(chip.Isa).Link(script, chip.Memory.IramBase, Work(plan, "elf"), objects);
        File.WriteAllBytes(Path.Combine(outputFolder, plan.File), linked.Image);
        return Describe(plan, linked, schedule);
    }

    private string Work(KernelPlan plan, string name) =>
        Path.Combine(workFolder, $"{plan.Chip}-{plan.Kernel}-{name}");

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
