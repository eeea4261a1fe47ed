using System.Diagnostics;

namespace MicroFirmware.Style.Tests.Interop;

/// <summary>
/// The native side of MicroFirmware.Native, compiled for this computer: the scan task on its POSIX worker, the CLR's
/// stubs through the method table, and the chip's worker for its types.
/// </summary>
public class NativeCodeTests
{
    private const string Compiler = "g++";
    private const string Folder = "hardware/interop/";
    private const string Sources = Folder + "MicroFirmware.Native";

    private static readonly string[] s_options = ["-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-Wshadow",
        "-fno-exceptions", "-I", Repository.Absolute("hardware/kernels"), "-I", Repository.Absolute(Sources)];

    [SkippableFact]
    public void ScanTask_on_the_posix_worker_findsTheKnownCandidates() => CompileAndRun("mf_*.cpp", "task_test.cpp");

    [SkippableFact]
    public void Stubs_called_through_the_table_reachTheTask() =>
        CompileAndRun("*.cpp", "stub_test.cpp", "-I", Repository.Absolute(Folder + "test/shape/clr"));

    [SkippableTheory]
    [InlineData("ESP32")]
    [InlineData("ESP32S2")]
    [InlineData("ESP32S3")]
    [InlineData("ESP32C3")]
    [InlineData("ESP32C6")]
    public void ChipWorker_for_each_target_compiles(string target) =>
        Assert.Equal("", Compile(["-fsyntax-only", "-DESP_PLATFORM", $"-DCONFIG_IDF_TARGET_{target}=1",
            "-I", Repository.Absolute(Folder + "test/shape/esp"),
            "-I", Repository.Absolute(Folder + "test/shape/loops"),
            Repository.Absolute(Sources + "/mf_system_freertos.cpp")]));

    private static void CompileAndRun(string sources, string test, params string[] options)
    {
        string binary = Path.Combine(Path.GetTempPath(), $"mf-{test}-{Environment.ProcessId}");
        Assert.Equal("", Compile([.. options, .. Directory.GetFiles(Repository.Absolute(Sources), sources),
            Repository.Absolute(Folder + "test/" + test), "-lpthread", "-o", binary]));
        try
        {
            Assert.Equal("ok\n", Run(binary));
        }
        finally
        {
            File.Delete(binary);
        }
    }

    /// <summary>What the compiler has to say: nothing, when all is well.</summary>
    private static string? Compile(string[] arguments)
    {
        Skip.If(Run(Compiler, "--version") == null, "g++ is not installed (apt-get install g++)");
        return Run(Compiler, [.. s_options, .. arguments]);
    }

    /// <summary>Everything the program says; null when there is no such program.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), program + " does not end");
            return output + errors.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
