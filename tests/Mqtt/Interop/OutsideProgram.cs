using System.Diagnostics;

namespace MicroFirmware.Mqtt.Tests.Interop;

/// <summary>A program that is not ours, run to its end or until it is killed.</summary>
internal sealed class OutsideProgram : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private OutsideProgram(Process process) => _process = process;

    /// <summary>Its full path, or null.</summary>
    public static string? Find(string name) => name.Contains('/')
        ? File.Exists(name) ? name : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static OutsideProgram Start(string name, params string[] arguments) => StartIn(".", name, arguments);

    public static OutsideProgram StartIn(string folder, string name, params string[] arguments)
    {
        string path = Find(name) ?? throw new InvalidOperationException($"missing: {name}");
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new OutsideProgram(Process.Start(start)!);
    }

    /// <summary>Runs it to its end; fails if that is not exit code 0.</summary>
    public static async Task<string[]> RunAsync(string name, params string[] arguments)
    {
        using OutsideProgram program = Start(name, arguments);
        return await program.EndAsync();
    }

    /// <summary>The next line it prints.</summary>
    public async Task<string?> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);

    /// <summary>Waits for its end and gives what it printed; fails if it ends badly.</summary>
    public async Task<string[]> EndAsync()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}: {await errors} {output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
