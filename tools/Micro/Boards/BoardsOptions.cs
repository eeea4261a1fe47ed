using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Boards;

/// <summary>What virtual boards on a gateway are asked to do.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Authority">The certificate authority they believe, DER; null for plain text.</param>
/// <param name="Identities">Who they are, at least one.</param>
/// <param name="Duration">How long they mine; null until the caller stops.</param>
/// <param name="HashesPerSecond">Most hashes per second of one board; null for a fair share of the machine.</param>
/// <param name="Chip">The emulated chip whose native scanner they use; null for the managed scanner.</param>
/// <param name="StateFolder">Where each board keeps its counters, in a folder of its own; null for memory.</param>
internal sealed record BoardsOptions(
    GatewayAddress Gateway,
    byte[]? Authority,
    IReadOnlyList<BoardIdentity> Identities,
    TimeSpan? Duration,
    double? HashesPerSecond,
    string? Chip,
    string? StateFolder);
