using System.ComponentModel;
using System.Diagnostics;

namespace MicroFirmware.Micro.Flash;

/// <summary>The user's nanoff, started as a program of its own.</summary>
internal static class Nanoff
{
    /// <summary>What it is called where nobody says otherwise.</summary>
    public const string DefaultName = "nanoff";

    /// <summary>Runs it once.</summary>
    /// <param name="program">A name on the path, or a file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Gets each line it writes, from any thread.</param>
    /// <param name="stop">Ends it, and what it has started.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="CommandFailure">It is not there.</exception>
    public static async Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, Action<string> onLine, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Tell(line.Data, onLine);
        process.ErrorDataReceived += (_, line) => Tell(line.Data, onLine);
        Start(process);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stop);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{process.StartInfo.FileName} is not there: {e.Message}",
                "dotnet tool install -g nanoff, and open a new terminal; or name it with --nanoff", e);
        }
    }

    private static void Tell(string? line, Action<string> onLine)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            onLine(line);
        }
    }
}
