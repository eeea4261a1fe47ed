using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Brings a message to everybody who subscribed, and keeps the retained ones.</summary>
internal sealed class Router(BrokerOptions options, BrokerMetrics metrics, ISessionStore? store)
{
    [ThreadStatic]
    private static List<(ISubscriber Subscriber, QualityOfService QoS)>? s_found;

    private readonly SubscriptionTable _subscriptions = new();

    public RetainedMessages Retained { get; } = new(options);

    public int FilterCount => _subscriptions.FilterCount;

    public void Subscribe(string filter, ISubscriber subscriber, QualityOfService qos) =>
        _subscriptions.Add(filter, subscriber, qos);

    public void Unsubscribe(string filter, ISubscriber subscriber) => _subscriptions.Remove(filter, subscriber);

    /// <summary>Keeps and delivers a message. Never blocks; a publisher that must wait is told so.</summary>
    /// <returns>True if something was appended to the store, so that an acknowledgement must wait for that.</returns>
    public bool Publish(Message message, bool retain, BrokerConnection? publisher)
    {
        bool isStored = retain && Retain(message);
        List<(ISubscriber Subscriber, QualityOfService QoS)> found = s_found ?? [];
        s_found = null;
        _subscriptions.Match(message.Topic.Text, found);
        DrainBatch.Begin();
        try
        {
            foreach ((ISubscriber subscriber, QualityOfService qos) in found)
            {
                isStored |= subscriber.Deliver(message, qos, publisher);
            }
        }
        finally
        {
            found.Clear();
            s_found = found;
            DrainBatch.End();
        }

        return isStored;
    }

    private bool Retain(Message message)
    {
        if (!Retained.Set(message))
        {
            metrics.Dropped(DropReason.RetainedLimit);
            message = new Message(message.Topic, ReadOnlyMemory<byte>.Empty, message.QoS);
        }

        // The server's own topics are made anew after each start.
        if (store is null || message.Topic.Text[0] == '$')
        {
            return false;
        }

        store.Append(new(
            SessionChangeKind.Retained, Text: message.Topic.Text, Payload: message.Payload, QoS: message.QoS));
        return true;
    }
}
