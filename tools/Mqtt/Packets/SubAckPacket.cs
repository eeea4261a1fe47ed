namespace MicroFirmware.Mqtt.Packets;

/// <summary>SUBACK: what each line of a SUBSCRIBE was granted (MQTT 3.1.1 §3.9).</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       2  packet id of the SUBSCRIBE
///      2       n  one return code per line: 00, 01, 02 = granted QoS, 80 = refused
/// </code>
/// </remarks>
/// <param name="PacketId">The SUBSCRIBE's packet id.</param>
/// <param name="ReturnCodes">In the order of the lines.</param>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<byte> ReturnCodes)
{
    /// <summary>The return code of a refused line.</summary>
    public const byte Refused = 0x80;
}
