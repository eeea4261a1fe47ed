using System.Diagnostics;

namespace MicroFirmware.KernelForge.Tests;

/// <summary>Programs outside .NET, and a folder for their files.</summary>
internal static class Outside
{
    private const int TimeoutMs = 240_000;

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program; its exit code and all it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill();
            return (-1, $"{program} took longer than {TimeoutMs} ms");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }

    public static string NewFolder(string name)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"microfirmware-{name}-{Guid.NewGuid():n}");
        return Directory.CreateDirectory(folder).FullName;
    }
}
