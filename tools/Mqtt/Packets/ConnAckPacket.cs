namespace MicroFirmware.Mqtt.Packets;

/// <summary>CONNACK: the server's answer to CONNECT (MQTT 3.1.1 §3.2).</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       1  flags: session present 01
///      1       1  return code
/// </code>
/// </remarks>
/// <param name="SessionPresent">The server kept a session of this client; false unless accepted.</param>
/// <param name="ReturnCode">Accepted, or why not.</param>
public readonly record struct ConnAckPacket(bool SessionPresent, ConnectReturnCode ReturnCode);
