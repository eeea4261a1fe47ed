using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Dashboard.Events;

/// <summary>Kinds of events that people look for together.</summary>
/// <param name="Name">As the address has it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Kinds">The kinds.</param>
internal sealed record EventTopic(string Name, string Title, IReadOnlyCollection<EventKind> Kinds)
{
    /// <summary>All of them: every kind is in one, by its name.</summary>
    public static IReadOnlyList<EventTopic> All { get; } =
    [
        Of("boards", "Boards", "Board"),
        Of("blocks", "Blocks", "Block"),
        Of("upstreams", "Upstreams", "Upstream"),
        Of("payouts", "Payouts", "Payout"),
        Of("people", "Sign-ins and settings", "Sign", "Settings"),
        Of("gateway", "The gateway", "Gateway", "Store", "Webhook"),
    ];

    /// <summary>The topic of this name, or null.</summary>
    public static EventTopic? Find(string? name) => All.FirstOrDefault(topic => topic.Name == name);

    /// <summary>How an event looks. Good news is what came back or arrived.</summary>
    public static Tone ToneOf(GatewayEvent item) => item.Severity switch
    {
        EventSeverity.Error => Tone.Bad,
        EventSeverity.Warning => Tone.Warn,
        _ => item.Kind is EventKind.BoardBack or EventKind.BoardJoined or EventKind.BlockFound
            or EventKind.BlockAccepted or EventKind.UpstreamBack or EventKind.PayoutSent or EventKind.StoreBack
            ? Tone.Good
            : Tone.Plain,
    };

    private static EventTopic Of(string name, string title, params string[] beginnings) => new(name, title,
    [
        .. Enum.GetValues<EventKind>().Where(kind => beginnings.Any(
            beginning => kind.ToString().StartsWith(beginning, StringComparison.Ordinal))),
    ]);
}
