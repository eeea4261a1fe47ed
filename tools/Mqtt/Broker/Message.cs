using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>An application message on its way through the broker; shared by all who get it, never changed.</summary>
/// <param name="topic">Where it was published.</param>
/// <param name="payload">The application's octets.</param>
/// <param name="qos">The quality it was published with.</param>
internal sealed class Message(TopicName topic, ReadOnlyMemory<byte> payload, QualityOfService qos)
{
    public TopicName Topic { get; } = topic;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public QualityOfService QoS { get; } = qos;

    /// <summary>What it counts for where octets are limited.</summary>
    public int Size => Topic.Utf8.Length + Payload.Length;
}
