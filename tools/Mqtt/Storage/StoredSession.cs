using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>One session as it was kept.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="SentBelow">Messages below this number were sent; null if that is not known.</param>
public sealed record StoredSession(string ClientId, long? SentBelow)
{
    /// <summary>Its subscriptions.</summary>
    public List<SubscriptionRequest> Subscriptions { get; } = [];

    /// <summary>The messages on their way to it, in the order of their numbers.</summary>
    public List<StoredMessage> Messages { get; } = [];

    /// <summary>Packet ids of QoS 2 messages from it that it has not released.</summary>
    public List<ushort> Received { get; } = [];
}
