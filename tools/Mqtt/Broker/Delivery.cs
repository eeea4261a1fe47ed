using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>One message on its way to one client.</summary>
internal struct Delivery(Message message, QualityOfService qos, bool retained)
{
    /// <summary>The message; null once the client has it.</summary>
    public Message? Message = message;

    /// <summary>The quality it is delivered with: never better than published, never better than granted.</summary>
    public readonly QualityOfService QoS = qos;

    /// <summary>Sent because the client subscribed, not because somebody published.</summary>
    public readonly bool Retained = retained;

    /// <summary>Sent at least once, perhaps on an earlier connection.</summary>
    public bool Sent;

    /// <summary>QoS 2: PUBREC has come, PUBREL is to be answered.</summary>
    public bool Released;

    /// <summary>The client has acknowledged it to the end.</summary>
    public bool Done;
}
