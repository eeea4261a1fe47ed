using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Gateway.Api;

/// <summary>A page of what happened, the newest first.</summary>
/// <param name="Events">The events.</param>
/// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
internal sealed record EventPage(IReadOnlyList<EventPage.Item> Events, long? Next)
{
    public static EventPage Of(IReadOnlyList<GatewayEvent> events, int limit) => new(
        [.. events.Select(Item.Of)], events.Count == limit ? events[^1].Number : null);

    /// <summary>Something that happened.</summary>
    /// <param name="Id">Greater than that of every event before it.</param>
    /// <param name="Time">When.</param>
    /// <param name="Kind">What, such as <c>board-lost</c>.</param>
    /// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
    /// <param name="Subject">To whom or what; empty for the gateway or the whole fleet.</param>
    /// <param name="Text">A sentence for people.</param>
    internal sealed record Item(
        long Id, DateTimeOffset Time, string Kind, string Severity, string Subject, string Text)
    {
        public static Item Of(GatewayEvent item) => new(item.Number, item.Time, EventWords.NameOf(item.Kind),
            EventWords.NameOf(item.Severity), item.Subject, item.Text);
    }
}
