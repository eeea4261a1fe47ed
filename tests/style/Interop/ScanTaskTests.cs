using System.Diagnostics;

namespace MicroFirmware.Style.Tests.Interop;

/// <summary>
/// The native scan task, compiled for this computer with its POSIX worker and driven as the miner drives it.
/// </summary>
public class ScanTaskTests
{
    private const string Folder = "hardware/interop/";

    [SkippableFact]
    public void ScanTask_on_the_posix_worker_findsTheKnownCandidates()
    {
        string binary = Path.Combine(Path.GetTempPath(), "mf-scan-task-" + Environment.ProcessId);
        string[] compile = ["-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-fno-exceptions",
            "-I", Repository.Absolute("hardware/kernels"), "-I", Repository.Absolute(Folder + "MicroFirmware.Native"),
            .. Directory.GetFiles(Repository.Absolute(Folder + "MicroFirmware.Native"), "mf_*.cpp"),
            Repository.Absolute(Folder + "test/task_test.cpp"), "-lpthread", "-o", binary];

        Skip.If(Run("g++", "--version") == null, "g++ is not installed (apt-get install g++)");
        Assert.Equal("", Run("g++", compile));
        try
        {
            Assert.Equal("ok\n", Run(binary));
        }
        finally
        {
            File.Delete(binary);
        }
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
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), program + " does not end");
            return output + errors.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
