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
            ["baseline", "pipelined", "software-plain", "software", "polled", "engine", "interleaved", "exact"];
        Assert.All(HardwareCatalog.Chips, chip =>
            Assert.All(kernels, kernel => Assert.Equal(chip.Id, KernelCatalog.Find(chip.Id, kernel).Chip)));
    }

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
