namespace MicroFirmware.Mqtt.Codec;

/// <summary>Why a packet is not valid MQTT 3.1.1, or breaks a limit. Each closes the connection it came from.</summary>
public enum ProtocolError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Packet type 0 or 15 (§2.2.1).</summary>
    ReservedPacketType,

    /// <summary>Fixed-header flags other than the table says (§2.2.2).</summary>
    ReservedFlags,

    /// <summary>A remaining length of more than four octets (§2.2.3).</summary>
    MalformedLength,

    /// <summary>A packet larger than the limit in force.</summary>
    PacketTooLarge,

    /// <summary>A field runs past the end of its packet, or octets are left over.</summary>
    WrongLength,

    /// <summary>Ill-formed UTF-8, or an encoded surrogate (§1.5.3).</summary>
    IllFormedUtf8,

    /// <summary>U+0000 in a string (§1.5.3).</summary>
    NullCharacter,

    /// <summary>Packet id 0 where one is needed (§2.3.1).</summary>
    ZeroPacketId,

    /// <summary>Quality of service 3 (§3.3.1.2).</summary>
    ReservedQoS,

    /// <summary>DUP with QoS 0 (§3.3.1.1).</summary>
    DuplicateWithoutQoS,

    /// <summary>The protocol name is not "MQTT" (§3.1.2.1).</summary>
    UnknownProtocolName,

    /// <summary>CONNECT flags that contradict each other, or the reserved one (§3.1.2.3 and on).</summary>
    ConnectFlags,

    /// <summary>CONNACK or SUBACK with a code the standard does not know.</summary>
    UnknownReturnCode,

    /// <summary>A topic name that is empty or holds a wildcard (§4.7).</summary>
    InvalidTopicName,

    /// <summary>A topic filter that is empty or holds a misplaced wildcard (§4.7.1).</summary>
    InvalidTopicFilter,

    /// <summary>SUBSCRIBE or UNSUBSCRIBE without a single filter (§3.8.3, §3.10.3).</summary>
    NothingRequested,

    /// <summary>The first packet is not CONNECT (§3.1).</summary>
    ConnectExpected,

    /// <summary>A second CONNECT (§3.1).</summary>
    SecondConnect,

    /// <summary>A packet that only the other side may send (§2.2.1).</summary>
    UnexpectedPacket,

    /// <summary>A topic longer or deeper than the limit in force.</summary>
    TopicTooLong,

    /// <summary>More QoS 2 messages that the client has not released than the limit in force.</summary>
    TooManyUnreleased,

    /// <summary>More filters in one packet than the limit in force.</summary>
    TooManyFilters,
}
