namespace MicroFirmware.Mqtt.Packets;

/// <summary>SUBSCRIBE: asks for topics (MQTT 3.1.1 §3.8).</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       2  packet id
///      2     3+n  one or more of: topic filter (2+n), requested QoS (1; upper six bits zero)
/// </code>
/// </remarks>
/// <param name="PacketId">1 to 65,535.</param>
/// <param name="Requests">At least one.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<SubscriptionRequest> Requests);
