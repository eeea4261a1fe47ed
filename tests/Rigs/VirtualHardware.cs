using System.Text;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Rigs;

/// <summary>Clock, sensors, light and serial line of a board; time passes only when told.</summary>
internal sealed class VirtualHardware : IClock, IBoard, IConsole
{
    private readonly Queue<byte> _typed = [];

    public long NowMs { get; set; } = 5000;

    public long UtcSeconds { get; set; }

    public long FreeMemory => 81234;

    public long Temperature { get; set; } = Telemetry.Unknown;

    public long Rssi => -61;

    public int IdentifySeconds { get; private set; }

    /// <summary>When the watchdog was fed last.</summary>
    public long FedAt { get; private set; }

    /// <summary>Restarts that the firmware asked for.</summary>
    public int Restarts { get; private set; }

    /// <summary>It has asked, and whoever runs the board has not seen to it.</summary>
    public bool IsRestartWanted { get; set; }

    /// <summary>Without it a request to restart is not heard.</summary>
    public bool CanRestart { get; set; } = true;

    public bool HasTyped => _typed.Count > 0;

    public List<string> Lines { get; } = [];

    /// <summary>Keeps no lines: for runs of a year.</summary>
    public bool IsMute { get; set; }

    public void FeedWatchdog() => FedAt = NowMs;

    public void Identify(int seconds) => IdentifySeconds = seconds;

    public void Restart()
    {
        IsRestartWanted = CanRestart;
        Restarts += CanRestart ? 1 : 0;
    }

    public void Type(string text) => Type(Encoding.UTF8.GetBytes(text));

    public void Type(byte[] octets) => Array.ForEach(octets, _typed.Enqueue);

    public int Read(byte[] buffer)
    {
        int count = 0;
        while (count < buffer.Length && _typed.TryDequeue(out byte octet))
        {
            buffer[count++] = octet;
        }

        return count;
    }

    public void WriteLine(string text)
    {
        if (!IsMute)
        {
            Lines.Add(text);
        }
    }
}
