namespace MicroFirmware.KernelForge.Tests.Kernels;

public sealed class HostKernelTests
{
    [NeedsProgramsFact("g++")]
    public void Kernels_on_the_host_models_agree_with_plain_software()
    {
        var folder = Outside.NewFolder("host");
        var program = Path.Combine(folder, "tests");
        try
        {
            var source = RepositoryFolder.Of("hardware", "kernels", "model", "tests.cpp");
            var (built, errors) =
                Outside.Run("g++", "-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", source, "-o", program);
            Assert.True(built == 0, errors);

            var (exitCode, output) = Outside.Run(program);
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
