using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The hosting program as a subscriber.</summary>
internal sealed class LocalSubscriber(
    string filter, Action<string, ReadOnlyMemory<byte>> receive, Router router, BrokerLog log)
    : ISubscriber, IDisposable
{
    public bool Deliver(Message message, QualityOfService granted, BrokerConnection? publisher)
    {
        try
        {
            receive(message.Topic.Text, message.Payload);
        }
        catch (Exception e)
        {
            // Its defect must not end the publisher's connection, or a timer's thread.
            log.HandlerFailed("the host", message.Topic.Text, e);
        }

        return false;
    }

    public void Dispose() => router.Unsubscribe(filter, this);
}
