namespace MicroFirmware.Mqtt.Packets;

/// <summary>What the server publishes when a connection ends without DISCONNECT (MQTT 3.1.1 §3.1.2.5).</summary>
/// <param name="Topic">The topic name, without wildcards.</param>
/// <param name="Payload">0 to 65,535 octets.</param>
/// <param name="QoS">The quality it is published with.</param>
/// <param name="Retain">Whether it is kept for later subscribers.</param>
public sealed record WillMessage(string Topic, ReadOnlyMemory<byte> Payload, QualityOfService QoS, bool Retain);
