namespace MicroFirmware.Mqtt.Packets;

/// <summary>The control packet types: the upper half of a packet's first octet (MQTT 3.1.1 §2.2.1).</summary>
public enum PacketType : byte
{
    /// <summary>Client to server: asks for a connection.</summary>
    Connect = 1,

    /// <summary>Server to client: answers <see cref="Connect"/>.</summary>
    ConnAck = 2,

    /// <summary>Both ways: an application message.</summary>
    Publish = 3,

    /// <summary>Both ways: a QoS 1 message has arrived.</summary>
    PubAck = 4,

    /// <summary>Both ways: a QoS 2 message has arrived (first answer).</summary>
    PubRec = 5,

    /// <summary>Both ways: the sender will not send this QoS 2 message again (second step).</summary>
    PubRel = 6,

    /// <summary>Both ways: a QoS 2 delivery is complete (last step).</summary>
    PubComp = 7,

    /// <summary>Client to server: asks for topics.</summary>
    Subscribe = 8,

    /// <summary>Server to client: answers <see cref="Subscribe"/>.</summary>
    SubAck = 9,

    /// <summary>Client to server: gives topics up.</summary>
    Unsubscribe = 10,

    /// <summary>Server to client: answers <see cref="Unsubscribe"/>.</summary>
    UnsubAck = 11,

    /// <summary>Client to server: still here.</summary>
    PingReq = 12,

    /// <summary>Server to client: answers <see cref="PingReq"/>.</summary>
    PingResp = 13,

    /// <summary>Client to server: leaves in good order; the will is not published.</summary>
    Disconnect = 14,
}
