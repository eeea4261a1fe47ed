using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The hosting program as a subscriber.</summary>
internal sealed class LocalSubscriber(string filter, Action<string, ReadOnlyMemory<byte>> receive, Router router)
    : ISubscriber, IDisposable
{
    public bool Deliver(Message message, QualityOfService granted, BrokerConnection? publisher)
    {
        receive(message.Topic.Text, message.Payload);
        return false;
    }

    public void Dispose() => router.Unsubscribe(filter, this);
}
