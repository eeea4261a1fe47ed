namespace MicroFirmware.Micro.Demo;

/// <summary>What a demo is asked to do.</summary>
/// <param name="Boards">How many virtual boards, at least 1.</param>
/// <param name="Duration">How long they mine; null until the caller stops.</param>
/// <param name="HashesPerSecond">Most hashes per second of one board; null for a fair share of the machine.</param>
/// <param name="Chip">The emulated chip whose native scanner they use; null for the managed scanner.</param>
internal sealed record DemoOptions(int Boards, TimeSpan? Duration, double? HashesPerSecond, string? Chip);
