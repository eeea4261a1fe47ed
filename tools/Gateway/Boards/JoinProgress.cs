using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Boards;

/// <summary>How far a new board has come, and when it came there.</summary>
/// <param name="Stage">The farthest it has come.</param>
/// <param name="Device">Its id; null before it is known.</param>
/// <param name="Refusal">Why it was refused; null unless it was.</param>
/// <param name="Configured">When the gateway came to know it.</param>
/// <param name="Connected">When it connected.</param>
/// <param name="Working">When it got its first work.</param>
/// <param name="Proven">When its first share was proven.</param>
public sealed record JoinProgress(
    JoinStage Stage,
    string? Device = null,
    EnrolResult? Refusal = null,
    DateTimeOffset? Configured = null,
    DateTimeOffset? Connected = null,
    DateTimeOffset? Working = null,
    DateTimeOffset? Proven = null);
