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
    /// <summary>Around a generated loop nothing is hot.</summary>
    private static readonly string[] s_coolCode = ["-Os"];

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

        Dictionary<(string Chip, string Kernel), KernelImage> built = [];
        foreach (var isLadder in new[] { false, true })
        {
            var images = KernelPlans.All.Where(plan => plan.Rungs.Count > 0 == isLadder)
                .AsParallel().AsOrdered().WithDegreeOfParallelism(2)
                .Select(plan => Build(
                    plan, outputFolder, kernel => built[(KernelPlans.Source(plan.Chip, kernel), kernel)]))
                .ToList();
            images.ForEach(image => built.Add((image.Chip, image.Kernel), image));
        }

        var described =
            from chip in HardwareCatalog.Chips
            from plan in KernelPlans.Of(chip)
            let image = built[(KernelPlans.Source(chip.Id, plan.Kernel), plan.Kernel)]
            select image with { Chip = chip.Id };
        var manifest = new KernelManifest(SourceHash.Of(repository), [.. described]);
        File.WriteAllText(Path.Combine(outputFolder, "manifest.json"), manifest.ToJson());
        return manifest;
    }

    /// <summary>Generates and compiles what an image is linked from.</summary>
    internal (IReadOnlyList<string> Objects, Schedule? Schedule) Compile(KernelPlan plan, params string[] options)
    {
        var tools = Toolchain.Of(HardwareCatalog.Chip(plan.Chip).Isa);
        List<string> objects = [];
        var schedule = plan.Loop is { } design ? Generate(plan, design, objects) : null;
        if (schedule is not null)
        {
            options =
            [
                .. s_coolCode,
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
        var loop = GeneratedLoop.Of(HardwareCatalog.Chip(plan.Chip), design);
        var source = Work(plan, "loop.S");
        File.WriteAllText(source, LoopWriter.Write(loop));
        objects.Add(Work(plan, "loop.o"));
        Toolchain.Of(loop.Chip.Isa).Assemble(source, objects[^1]);
        return loop.Schedule;
    }

    private KernelImage Build(KernelPlan plan, string outputFolder, Func<string, KernelImage> find)
    {
        var chip = HardwareCatalog.Chip(plan.Chip);
        string[] options = [];
        if (plan.Rungs.Count > 0)
        {
            byte[] Read(KernelImage image) => File.ReadAllBytes(Path.Combine(outputFolder, image.File));
            var folder = Directory.CreateDirectory(Work(plan, "loops")).FullName;
            LoopTable.Write(chip, plan.Rungs.Select(find), Read, folder);
            options = [.. s_coolCode, "-I", _kernels, "-I", folder];
        }

        var (objects, schedule) = Compile(plan, options);
        var script = Path.Combine(_kernels, "link", "image.ld");
        var linked = Toolchain.Of(chip.Isa).Link(script, chip.Memory.IramBase, Work(plan, "elf"), objects);
        File.WriteAllBytes(Path.Combine(outputFolder, plan.File), linked.Image);
        if (schedule is not null && linked.Symbols["mf_loop_begin"] != linked.Base)
        {
            throw new InvalidOperationException($"{plan.File}: the loop does not lie first.");
        }

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
        LoopEntry = schedule is null ? 0 : (int)(linked.Symbols["mf_loop"] - linked.Base),
        Scan = linked.Symbols["mf_scan"],
        Selftest = linked.Symbols["mf_selftest"],
        BlockCycles = plan.Loop is { IsPolled: false, HasHardware: true } design ? design.Worst.Block : 0,
        HardwareNonces = schedule?.HardwareNonces ?? 0,
        SoftwareNonces = schedule?.SoftwareNonces ?? 0,
    };
}
