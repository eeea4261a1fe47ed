using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>One message as it was kept.</summary>
/// <param name="Number">Its number in its session.</param>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">The application's octets.</param>
/// <param name="QoS">The quality it is delivered with.</param>
/// <param name="IsReleased">QoS 2: it has arrived, PUBREL is to be repeated.</param>
public sealed record StoredMessage(
    long Number, string Topic, ReadOnlyMemory<byte> Payload, QualityOfService QoS, bool IsReleased = false);
