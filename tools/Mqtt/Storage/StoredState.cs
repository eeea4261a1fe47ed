namespace MicroFirmware.Mqtt.Storage;

/// <summary>Everything a store holds.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Retained">The retained messages; their numbers mean nothing.</param>
public sealed record StoredState(IReadOnlyList<StoredSession> Sessions, IReadOnlyList<StoredMessage> Retained);
