namespace MicroFirmware.Gateway.Events;

/// <summary>Which events, the newest first.</summary>
/// <param name="Before">Only those of a lower number; null from the newest on.</param>
/// <param name="Limit">How many at most, 1 to 500.</param>
/// <param name="Kinds">Only these; null or empty for all.</param>
/// <param name="Least">Only those that matter as much.</param>
/// <param name="Subject">Only of this subject; null for all.</param>
/// <param name="Words">Only those whose subject or text has this in it, in any case; null for all.</param>
/// <param name="Since">Only those that happened then or later; null for all.</param>
/// <param name="Until">Only those that happened before; null for all.</param>
public sealed record EventQuery(
    long? Before = null,
    int Limit = EventQuery.DefaultLimit,
    IReadOnlyCollection<EventKind>? Kinds = null,
    EventSeverity Least = EventSeverity.Info,
    string? Subject = null,
    string? Words = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null)
{
    /// <summary>As many as a page shows.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The greatest limit.</summary>
    public const int MaxLimit = 500;

    /// <summary>Whether an event is one of those, its number aside.</summary>
    public bool Matches(GatewayEvent item) =>
        (Kinds is not { Count: > 0 } || Kinds.Contains(item.Kind))
        && item.Severity >= Least
        && item.Time >= (Since ?? DateTimeOffset.MinValue)
        && item.Time < (Until ?? DateTimeOffset.MaxValue)
        && (string.IsNullOrEmpty(Subject) || item.Subject == Subject)
        && (string.IsNullOrEmpty(Words) || $"{item.Subject} {item.Text}".Contains(
            Words, StringComparison.OrdinalIgnoreCase));
}
