using MicroFirmware.KernelForge.Images;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>
/// The generated software loops as Linux programs under QEMU: a second opinion on instruction semantics.
/// </summary>
public sealed class SoftwareUnderQemuTests
{
    [NeedsProgramsFact("qemu-xtensa-static", "xtensa-lx106-elf-g++")]
    public void Xtensa_loop_under_qemu_passes_the_selftest() =>
        RunSelftest(Toolchain.Xtensa, "esp32", "start_xtensa.S", "qemu-xtensa-static", "-cpu", "lx106");

    [NeedsProgramsFact("qemu-riscv32-static", "clang-19", "ld.lld-19")]
    public void Riscv_loop_under_qemu_passes_the_selftest() =>
        RunSelftest(Toolchain.Riscv, "esp32c3", "start_riscv.S", "qemu-riscv32-static");

    private static void RunSelftest(
        Toolchain tools, string chip, string start, string qemu, params string[] qemuOptions)
    {
        const uint Address = 0x10000;
        var folder = Outside.NewFolder("qemu");
        try
        {
            var plan = KernelPlans.All.Single(item => item.Chip == chip && item.Kernel == "software");
            ImageBuilder builder = new(RepositoryFolder.Of(), folder);
            List<string> objects = [.. builder.Compile(plan).Objects, Path.Combine(folder, "start.o")];
            tools.Assemble(RepositoryFolder.Of("hardware", "kernels", "qemu", start), objects[^1]);
            var program = Path.Combine(folder, "program");
            tools.LinkProgram(Address, program, objects);

            var (exitCode, output) = Outside.Run(qemu, [.. qemuOptions, program]);
            Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
