using System.Diagnostics;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>This program again, as a process of its own for what shall not share threads or memory with a broker. It
/// ends when its standard input does.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    public static ClientProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ClientProcess).Assembly.Location);
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        return new ClientProcess(Process.Start(start)!);
    }

    /// <summary>The next line it prints.</summary>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The clients' process has ended.");

    /// <summary>Asks it to end; what it prints last.</summary>
    public async Task<string> EndAsync()
    {
        _process.StandardInput.Close();
        return await ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
