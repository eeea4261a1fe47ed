namespace MicroFirmware.Gateway.Events;

/// <summary>Something that happened.</summary>
/// <param name="Number">Greater than that of every event before it.</param>
/// <param name="Time">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">To whom or what: a device's id, an upstream's name, an account; empty for the gateway or the
/// whole fleet.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record GatewayEvent(
    long Number, DateTimeOffset Time, EventKind Kind, EventSeverity Severity, string Subject, string Text);
