namespace MicroFirmware.Emulator.Boards;

/// <summary>One bounded piece of a board's work; never blocks and never runs twice at once for one board.</summary>
/// <param name="nowMs">The clock of the board's process, milliseconds; never goes back.</param>
/// <returns>When the board wants to be stepped next, on the same clock; <see cref="long.MaxValue"/> waits to be
/// woken.</returns>
public delegate long BoardStep(long nowMs);
