namespace MicroFirmware.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: gives topics up (MQTT 3.1.1 §3.10).</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       2  packet id
///      2     2+n  one or more topic filters
/// </code>
/// </remarks>
/// <param name="PacketId">1 to 65,535.</param>
/// <param name="Filters">At least one; compared octet by octet with what was subscribed.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters);
