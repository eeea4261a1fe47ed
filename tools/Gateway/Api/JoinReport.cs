using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Api;

/// <summary>How far a new board has come; a time is null before it came there.</summary>
/// <param name="Number">Of its join code; null where it has none.</param>
/// <param name="End">When the code is no longer good; null where there is none.</param>
/// <param name="Stage"><c>waiting</c>, <c>configured</c>, <c>connected</c>, <c>working</c>, <c>proven</c>,
/// <c>expired</c> or <c>refused</c>.</param>
/// <param name="Device">Its id; null before it is known.</param>
/// <param name="Refusal">Why it was refused, such as <c>key-differs</c>; null unless it was.</param>
/// <param name="Configured">When the gateway came to know it.</param>
/// <param name="Connected">When it connected.</param>
/// <param name="Working">When it got its first work.</param>
/// <param name="Proven">When its first share was proven.</param>
internal sealed record JoinReport(
    string? Number,
    DateTimeOffset? End,
    string Stage,
    string? Device,
    string? Refusal,
    DateTimeOffset? Configured,
    DateTimeOffset? Connected,
    DateTimeOffset? Working,
    DateTimeOffset? Proven)
{
    public static JoinReport Of(JoinTicket ticket, JoinWatch watch) =>
        Of(watch.Look(ticket)) with { Number = ticket.Number, End = ticket.End };

    public static JoinReport Of(JoinProgress progress) => new(
        null, null, ApiWord.Of(progress.Stage), progress.Device,
        progress.Refusal is { } refusal ? ApiWord.Of(refusal) : null,
        progress.Configured, progress.Connected, progress.Working, progress.Proven);
}
