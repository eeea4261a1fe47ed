using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>An answer that waits to be written: an acknowledgement, PINGRESP, SUBACK.</summary>
/// <param name="Type">The packet type.</param>
/// <param name="PacketId">Its packet id, if it has one.</param>
/// <param name="ReturnCodes">SUBACK's return codes.</param>
internal readonly record struct ControlPacket(PacketType Type, ushort PacketId = 0, byte[]? ReturnCodes = null);
