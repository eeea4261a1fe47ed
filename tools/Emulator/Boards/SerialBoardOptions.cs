using MicroFirmware.Appliance;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Boards;

/// <summary>What a virtual board with a serial port is made of; all else it is told over that port.</summary>
public sealed class SerialBoardOptions
{
    /// <summary>Its internal drive: settings and counters. Default: memory, and so a board that was never set up.
    /// </summary>
    public ISettingsStore Store { get; init; } = new Adapters.MemorySettingsStore();

    /// <summary>Its two slots for updates. Default: memory.</summary>
    public IImageStore Images { get; init; } = new Adapters.MemoryImageStore();

    /// <summary>Its scanner. Default: the firmware's managed unrolled scanner.</summary>
    public INonceScanner Scanner { get; init; } = new UnrolledScanner();

    /// <summary>How fast it may be. Default: one core, no limit.</summary>
    public ScanPace Pace { get; init; } = new(1, double.PositiveInfinity);
}
