using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Images;

namespace MicroFirmware.KernelForge.Tests.Images;

public sealed class ManifestTests
{
    private static readonly string s_images = RepositoryFolder.Of("hardware", "kernels", "images");

    [Fact]
    public void Images_were_built_from_the_sources_that_are_here()
    {
        var expected = SourceHash.Of(RepositoryFolder.Of());
        Assert.True(
            expected == KernelCatalog.Manifest.Sources,
            "The scanners' sources have changed since the images were built: run hardware/kernels/build.");
    }

    [Fact]
    public void Every_image_is_as_the_manifest_says_and_none_is_left_over()
    {
        Assert.All(KernelCatalog.Manifest.Images, image =>
        {
            var octets = KernelCatalog.Read(image);
            Assert.Equal(image.Bytes, octets.Length);
            Assert.InRange(image.IramBytes, 1, image.Bytes);
            Assert.Equal(0, image.IramBytes % 4);
            Assert.InRange(image.Scan, image.Base, image.Base + (uint)image.Bytes - 1);
            Assert.InRange(image.Selftest, image.Base, image.Base + (uint)image.Bytes - 1);
            Assert.Equal(HardwareCatalog.Chip(image.Chip).Memory.IramBase, image.Base);
        });
        Assert.Equal(
            KernelCatalog.Manifest.Images.Select(image => image.File).Distinct().Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(s_images, "*.bin").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_chip_has_every_kernel_of_the_table()
    {
        string[] kernels =
        [
            "baseline", "pipelined", "software-plain", "software", "polled", "engine", "interleaved", "exact", "ladder",
        ];
        Assert.All(HardwareCatalog.Chips, chip =>
            Assert.All(kernels, kernel => Assert.Equal(chip.Id, KernelCatalog.Find(chip.Id, kernel).Chip)));
    }

    [Fact]
    public void Octets_in_the_readme_are_those_of_the_manifest()
    {
        var lines = File.ReadAllLines(RepositoryFolder.Of("hardware", "kernels", "README.md"));
        var head = Array.FindIndex(lines, line => line.StartsWith("| | software |", StringComparison.Ordinal));
        var kernels = Cells(lines[head])[1..];
        foreach (var cells in lines[(head + 2)..].TakeWhile(line => line.StartsWith('|')).Select(Cells))
        {
            foreach (var chip in cells[0].Split(", "))
            {
                var expected = kernels.Select(kernel => $"{KernelCatalog.Find(chip, kernel).IramBytes:N0}");
                Assert.Equal(expected, cells[1..]);
            }
        }
    }

    private static string[] Cells(string line) => line.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    [NeedsProgramsFact("clang-19", "ld.lld-19", "xtensa-lx106-elf-g++")]
    public void Rebuild_gives_the_same_octets()
    {
        var folder = Outside.NewFolder("images");
        try
        {
            var output = Path.Combine(folder, "images");
            new ImageBuilder(RepositoryFolder.Of(), Path.Combine(folder, "obj")).Build(output);
            Assert.All(Directory.EnumerateFiles(s_images), file => Assert.Equal(
                File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(output, Path.GetFileName(file)))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
