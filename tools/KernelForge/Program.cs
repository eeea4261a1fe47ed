using MicroFirmware.KernelForge.Images;

namespace MicroFirmware.KernelForge;

/// <summary>The command line of the kernel generator; <c>hardware/kernels/build</c> calls it.</summary>
internal static class Program
{
    private const string Usage = """
        usage: KernelForge build REPOSITORY [OUTPUT]   builds all images and their manifest
        """;

    private static int Main(string[] arguments)
    {
        if (arguments is not ["build", var repository, ..])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var kernels = Path.Combine(repository, "hardware", "kernels");
        var output = arguments.Length > 2 ? arguments[2] : Path.Combine(kernels, "images");
        var manifest = new ImageBuilder(repository, Path.Combine(kernels, "obj")).Build(output);
        foreach (var image in manifest.Images)
        {
            Console.WriteLine($"{image.Chip,-14}{image.Kernel,-16}{image.Bytes,7} octets, {image.IramBytes,6} in IRAM");
        }

        return 0;
    }
}
