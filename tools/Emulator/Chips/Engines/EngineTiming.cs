namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>How long a SHA engine takes, in CPU cycles (hardware/chips/README.md).</summary>
/// <param name="Block">From the arrival of START or CONTINUE until the digest stands.</param>
/// <param name="Load">The same for LOAD; 0 on the memory engine, which has none.</param>
/// <param name="Latch">Message word i may be replaced this long, and i more, after the arrival of START.</param>
internal readonly record struct EngineTiming(int Block, int Load, int Latch);
