using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The clock of a virtual board: the time provider of its process, which knows the date.</summary>
public sealed class ProcessClock(TimeProvider time) : IClock
{
    /// <inheritdoc/>
    public long NowMs => BoardWorkers.NowMs(time);

    /// <inheritdoc/>
    public long UtcSeconds => time.GetUtcNow().ToUnixTimeSeconds();
}
