using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Images;

/// <summary>Compiles, links and describes the images.</summary>
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
            .Select(plan => Build(plan, outputFolder)).ToList();
        var images =
            from chip in HardwareCatalog.Chips
            from image in built
            where image.Chip == KernelPlans.Source(chip.Id)
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
        foreach (var entry in new[] { plan.Entry, "runtime" })
        {
            objects.Add(Work(entry + ".o"));
            tools.Compile(Path.Combine(_kernels, "entries", entry + ".cpp"), objects[^1]);
        }

        var linked = tools.Link(Path.Combine(_kernels, "link", "image.ld"), chip.Memory.IramBase, Work("elf"), objects);
        File.WriteAllBytes(Path.Combine(outputFolder, plan.File), linked.Image);
        return new KernelImage
        {
            Chip = plan.Chip,
            Kernel = plan.Kernel,
            File = plan.File,
            Base = linked.Base,
            Bytes = linked.Image.Length,
            IramBytes = linked.Image.Length,
            Scan = linked.Symbols["mf_scan"],
            Selftest = linked.Symbols["mf_selftest"],
        };
    }
}
