using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Boards;

/// <summary>What a virtual board is made of.</summary>
public sealed class VirtualBoardOptions
{
    /// <summary>Who it is.</summary>
    public required BoardIdentity Identity { get; init; }

    /// <summary>The gateway it mines for.</summary>
    public required GatewayAddress Gateway { get; init; }

    /// <summary>The certificate authority it believes, DER, where the gateway is reached over TLS. Default: none.
    /// </summary>
    public byte[]? Authority { get; init; }

    /// <summary>Its internal drive; counters live there. Default: memory.</summary>
    public ISettingsStore Store { get; init; } = new Adapters.MemorySettingsStore();

    /// <summary>Its scanner. Default: the firmware's managed unrolled scanner.</summary>
    public INonceScanner Scanner { get; init; } = new UnrolledScanner();

    /// <summary>How fast it may be. Default: one core, no limit.</summary>
    public ScanPace Pace { get; init; } = new(1, double.PositiveInfinity);

    /// <summary>Takes the console's lines, on the board's thread. Default: nobody listens.</summary>
    public Action<string> Console { get; init; } = _ => { };
}
