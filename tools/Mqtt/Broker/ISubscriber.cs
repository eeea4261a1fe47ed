using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Somebody messages are routed to: a client's session, or a part of the hosting program.</summary>
internal interface ISubscriber
{
    /// <summary>Takes a message; never blocks.</summary>
    /// <param name="message">The message.</param>
    /// <param name="granted">The best quality the subscription was granted.</param>
    /// <param name="publisher">The connection it came from, which can be made to wait; null for the host.</param>
    /// <returns>True if it was appended to the store, so that its acknowledgement must wait for that.</returns>
    bool Deliver(Message message, QualityOfService granted, BrokerConnection? publisher);
}
