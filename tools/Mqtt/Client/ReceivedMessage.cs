using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Client;

/// <summary>A message from the server. A view: copy what outlives the call.</summary>
/// <param name="topic">The topic name.</param>
/// <param name="packet">The packet.</param>
public readonly ref struct ReceivedMessage(string topic, PublishPacket packet)
{
    /// <summary>The topic name.</summary>
    public string Topic { get; } = topic;

    /// <summary>The application's octets; valid during the call.</summary>
    public ReadOnlySpan<byte> Payload { get; } = packet.Payload;

    /// <summary>The quality it was delivered with.</summary>
    public QualityOfService QoS { get; } = packet.QoS;

    /// <summary>It was kept for this subscription, not published just now.</summary>
    public bool Retain { get; } = packet.Retain;

    /// <summary>The server has sent it before.</summary>
    public bool Duplicate { get; } = packet.Duplicate;
}
