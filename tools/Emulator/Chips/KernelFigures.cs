namespace MicroFirmware.Emulator.Chips;

/// <summary>What a scanner costs per nonce at one timing point, in its steady state.</summary>
/// <param name="Instructions">Instructions of the core.</param>
/// <param name="Accesses">Reads and writes of the SHA engine's registers.</param>
/// <param name="Cycles">CPU cycles.</param>
/// <param name="Hazards">Accesses in the whole run that real hardware would punish.</param>
/// <param name="HashRateKhs">Hash rate of one core, in thousands of double hashes a second.</param>
public readonly record struct KernelFigures(
    double Instructions, double Accesses, double Cycles, long Hazards, double HashRateKhs);
