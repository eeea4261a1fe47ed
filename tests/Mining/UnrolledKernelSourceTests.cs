using System.Runtime.CompilerServices;

namespace MicroFirmware.Mining.Tests;

public class UnrolledKernelSourceTests
{
    [Fact]
    public void Kernel_in_the_source_tree_is_what_its_generator_writes()
    {
        string file = Path.Combine(Folder(), "..", "..", "firmware", "Mining", "Scanning", "UnrolledKernel.cs");
        string expected = UnrolledKernelSource.Write();
        if (Environment.GetEnvironmentVariable("WRITE_GENERATED") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.True(
            File.ReadAllText(file) == expected,
            "UnrolledKernel.cs differs: run this test with WRITE_GENERATED=1, then look at the change.");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
