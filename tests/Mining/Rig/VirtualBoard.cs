using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>A board whose clock is advanced by hand; it outlives its miners, as flash outlives a restart.</summary>
internal sealed class VirtualBoard : IClock, IBoard, ISettingsStore, IConsole
{
    private readonly Dictionary<string, byte[]> _files = [];

    public long NowMs { get; set; } = 5000;

    public long UtcSeconds => 0;

    public long FreeMemory => 81234;

    public long Temperature => Telemetry.Unknown;

    public long Rssi => -61;

    public int Restarts { get; private set; }

    public int IdentifySeconds { get; private set; }

    public long FedAt { get; private set; }

    public bool CanWrite { get; set; } = true;

    public List<string> Lines { get; } = [];

    public void FeedWatchdog() => FedAt = NowMs;

    public void Identify(int seconds) => IdentifySeconds = seconds;

    public void Restart() => Restarts++;

    public byte[]? Content(string name) => _files.GetValueOrDefault(name);

    byte[] ISettingsStore.Read(string name) => _files.GetValueOrDefault(name)!;

    public bool Write(string name, byte[] content)
    {
        if (CanWrite)
        {
            _files[name] = content;
        }

        return CanWrite;
    }

    int IConsole.Read(byte[] buffer) => 0;

    public void WriteLine(string text) => Lines.Add($"{NowMs,8} {text}");
}
