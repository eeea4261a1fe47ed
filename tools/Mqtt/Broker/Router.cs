using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Brings a message to everybody who subscribed, and keeps the retained ones.</summary>
internal sealed class Router(BrokerOptions options, BrokerMetrics metrics)
{
    [ThreadStatic]
    private static List<(ISubscriber Subscriber, QualityOfService QoS)>? t_found;

    private readonly SubscriptionTable _subscriptions = new();

    public RetainedMessages Retained { get; } = new(options.MaxRetainedMessages);

    public int FilterCount => _subscriptions.FilterCount;

    public void Subscribe(string filter, ISubscriber subscriber, QualityOfService qos) =>
        _subscriptions.Add(filter, subscriber, qos);

    public void Unsubscribe(string filter, ISubscriber subscriber) => _subscriptions.Remove(filter, subscriber);

    /// <summary>Keeps and delivers a message. Never blocks; a publisher that must wait is told so.</summary>
    public void Publish(Message message, bool retain, BrokerConnection? publisher)
    {
        if (retain && !Retained.Set(message))
        {
            metrics.Dropped(DropReason.RetainedLimit);
        }

        List<(ISubscriber Subscriber, QualityOfService QoS)> found = t_found ?? [];
        t_found = null;
        _subscriptions.Match(message.Topic.Text, found);
        DrainBatch.Begin();
        try
        {
            foreach ((ISubscriber subscriber, QualityOfService qos) in found)
            {
                subscriber.Deliver(message, qos, publisher);
            }
        }
        finally
        {
            found.Clear();
            t_found = found;
            DrainBatch.End();
        }
    }
}
