using System.Diagnostics;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;

namespace MicroFirmware.Gateway.Tests.Crash;

/// <summary>A gateway in a process of its own; see Program.cs.</summary>
internal sealed class ChildGateway : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly int _httpPort;
    private readonly int _mqttPort;

    private ChildGateway(Process process, int httpPort, int mqttPort) =>
        (_process, _httpPort, _mqttPort) = (process, httpPort, mqttPort);

    public static string BoardId(int number) => $"board-{number}";

    /// <summary>Starts it; returns when it serves.</summary>
    public static async Task<ChildGateway> StartAsync(string directory, int boards)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(ChildGateway).Assembly.Location, directory, $"{boards}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string? ports = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        string[] parts = ports?.Split(' ') ?? throw new InvalidOperationException("The gateway ended at once.");
        return new ChildGateway(process, int.Parse(parts[0]), int.Parse(parts[1]));
    }

    /// <summary>A board whose counters and sequences are above those of earlier rounds.</summary>
    public async Task<TestBoard> ConnectAsync(int number, int round)
    {
        TestBoard board = new(_httpPort, _mqttPort, BoardId(number), TestStore.Key);
        await board.ReconnectAboveAsync((ulong)(round + 1) << 32);
        return board;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
