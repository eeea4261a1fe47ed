using System.Text.Json;

namespace MicroFirmware.Gateway.Events;

/// <summary>Kinds and severities as the wire has them, and how much each kind matters by itself.</summary>
public static class EventWords
{
    private static readonly Dictionary<EventKind, string> s_kinds = Enum.GetValues<EventKind>()
        .ToDictionary(kind => kind, kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    private static readonly Dictionary<string, EventKind> s_byName =
        s_kinds.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>A kind's name: <c>board-lost</c>.</summary>
    public static string NameOf(EventKind kind) => s_kinds.GetValueOrDefault(kind, "unknown");

    /// <summary>A severity's name: <c>warning</c>.</summary>
    public static string NameOf(EventSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>The kind of this name.</summary>
    public static bool TryParse(string name, out EventKind kind) => s_byName.TryGetValue(name, out kind);

    /// <summary>The severity that a kind has where nobody says otherwise.</summary>
    public static EventSeverity SeverityOf(EventKind kind) => kind switch
    {
        EventKind.BoardLost or EventKind.BoardUnsteady or EventKind.BlockRefused or EventKind.UpstreamLost
            or EventKind.UpstreamSwitched or EventKind.SignInFailed or EventKind.WebhookGivenUp
            => EventSeverity.Warning,
        EventKind.PayoutFailed or EventKind.StoreFailed => EventSeverity.Error,
        _ => EventSeverity.Info,
    };
}
