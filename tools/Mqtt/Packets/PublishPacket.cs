namespace MicroFirmware.Mqtt.Packets;

/// <summary>PUBLISH: an application message (MQTT 3.1.1 §3.3); lives as long as the buffer it points into.</summary>
/// <remarks>
/// <code>
/// flags (lower half of octet 1): duplicate 8, QoS 6, retain 1
/// offset  octets  field
///      0     2+n  topic name, UTF-8
///    2+n       2  packet id, only with QoS 1 and 2
///      …    rest  payload
/// </code>
/// </remarks>
public readonly ref struct PublishPacket
{
    /// <summary>The topic name as UTF-8: well-formed, not empty, without wildcards when it was parsed.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The application's octets; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>1 to 65,535 with QoS 1 and 2; 0 with QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>The delivery quality.</summary>
    public QualityOfService QoS { get; init; }

    /// <summary>To a server: keep it. From a server: it was kept.</summary>
    public bool Retain { get; init; }

    /// <summary>The sender has sent this before; never with QoS 0.</summary>
    public bool Duplicate { get; init; }
}
