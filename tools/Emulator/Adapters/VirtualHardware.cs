using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The board of a virtual board: it has no sensors, no radio and no light, and can be restarted.</summary>
public sealed class VirtualHardware : IBoard
{
    /// <inheritdoc/>
    public long FreeMemory => Telemetry.Unknown;

    /// <inheritdoc/>
    public long Temperature => Telemetry.Unknown;

    /// <inheritdoc/>
    public long Rssi => Telemetry.Unknown;

    /// <summary>Whether the firmware asked for a restart.</summary>
    public bool IsRestartWanted { get; private set; }

    /// <inheritdoc/>
    public void FeedWatchdog()
    {
        // The schedule sees a board that hangs: its worker does not come back.
    }

    /// <inheritdoc/>
    public void Identify(int seconds)
    {
        // There is no light; the miner's own console line says that the command arrived.
    }

    /// <inheritdoc/>
    public void Restart() => IsRestartWanted = true;
}
