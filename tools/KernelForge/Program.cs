using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Emit;
using MicroFirmware.KernelForge.Images;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Scheduling;

namespace MicroFirmware.KernelForge;

/// <summary>The command line of the kernel generator; <c>hardware/kernels/build</c> calls it.</summary>
internal static class Program
{
    private const string Usage = """
        usage: KernelForge build REPOSITORY [OUTPUT]   builds all images and their manifest
               KernelForge report                      prints what the schedules come to by the cycle model
               KernelForge loops CHIP FOLDER           writes a chip's rungs for a firmware build: mf_loops.h
        """;

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["build", var repository]:
                Build(repository, Path.Combine(repository, "hardware", "kernels", "images"));
                return 0;
            case ["build", var repository, var output]:
                Build(repository, output);
                return 0;
            case ["loops", var chip, var folder]:
                WriteLoops(HardwareCatalog.Chip(chip), folder);
                return 0;
            case ["report"]:
                Report();
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static void Build(string repository, string output)
    {
        var work = Path.Combine(repository, "hardware", "kernels", "obj");
        foreach (var image in new ImageBuilder(repository, work).Build(output).Images)
        {
            Console.WriteLine($"{image.Chip,-14}{image.Kernel,-16}{image.Bytes,7} octets, {image.IramBytes,6} in IRAM");
        }
    }

    private static void WriteLoops(Chip chip, string folder)
    {
        var rungs = LoopDesigns.Rungs(chip).Select(design => KernelCatalog.Find(chip.Id, design.Name));
        LoopTable.Write(chip, rungs, KernelCatalog.Read, Directory.CreateDirectory(folder).FullName);
    }

    private static void Report()
    {
        Console.WriteLine("chip          loop          kH/s: engine + software = both (over the grid)  hazards, grid");
        foreach (var chip in HardwareCatalog.Chips)
        {
            foreach (var r in LoopDesigns.Of(chip).Select(design => LoopReport.Of(chip, design)))
            {
                Console.WriteLine(
                    $"{r.Chip,-14}{r.Design,-14}{r.HardwareKhs,8:f1} + {r.SoftwareKhs,5:f1} = {r.Khs,6:f1} "
                    + $"({r.LowKhs,6:f1} - {r.HighKhs,6:f1}) {r.Hazards,6}, {r.GridHazards,6}  "
                    + $"{r.Schedule.HardwareNonces} + {r.Schedule.SoftwareNonces} nonces, {r.Schedule.Nops} nops");
            }
        }
    }
}
