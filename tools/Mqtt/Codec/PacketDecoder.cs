using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Codec;

/// <summary>
/// Bodies to packets. Each method takes the frame's octets, answers true and a packet, or false and what is wrong; none
/// throws, whatever it is given. Fixed-header flags were checked when the frame was read.
/// </summary>
public static class PacketDecoder
{
    private const byte CleanSession = 0x02;
    private const byte WillFlag = 0x04;
    private const byte WillRetain = 0x20;
    private const byte PasswordFlag = 0x40;
    private const byte UserNameFlag = 0x80;

    /// <summary>
    /// CONNECT. A protocol level other than 4 is not an error: the packet then holds the level alone, and the server
    /// answers <see cref="ConnectReturnCode.UnacceptableProtocolVersion"/> (MQTT 3.1.1 §3.1.2.2).
    /// </summary>
    public static bool TryReadConnect(ReadOnlySpan<byte> body, out ConnectPacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        packet = new ConnectPacket();
        if (!reader.ReadUtf8().SequenceEqual("MQTT"u8))
        {
            reader.Fail(ProtocolError.UnknownProtocolName);
        }

        byte level = reader.ReadByte();
        error = reader.Error;
        if (error == ProtocolError.None && level != ConnectPacket.Level311)
        {
            packet = new ConnectPacket { ProtocolLevel = level };
            return true;
        }

        byte flags = reader.ReadByte();
        error = CheckConnectFlags(flags);
        if (error != ProtocolError.None)
        {
            return false;
        }

        packet = new ConnectPacket
        {
            CleanSession = (flags & CleanSession) != 0,
            KeepAliveSeconds = reader.ReadUInt16(),
            ClientId = reader.ReadString(),
            Will = (flags & WillFlag) != 0 ? ReadWill(ref reader, flags) : null,
            UserName = (flags & UserNameFlag) != 0 ? reader.ReadString() : null,
            Password = (flags & PasswordFlag) != 0 ? (ReadOnlyMemory<byte>?)reader.ReadBinary().ToArray() : null,
        };
        return reader.Finish(out error);
    }

    /// <summary>CONNACK.</summary>
    public static bool TryReadConnAck(ReadOnlySpan<byte> body, out ConnAckPacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        byte flags = reader.ReadByte();
        byte code = reader.ReadByte();
        packet = new ConnAckPacket((flags & 1) != 0, (ConnectReturnCode)code);
        if ((flags & 0xfe) != 0 || (flags == 1 && code != 0))
        {
            reader.Fail(ProtocolError.ConnectFlags);
        }

        if (code > (byte)ConnectReturnCode.NotAuthorized)
        {
            reader.Fail(ProtocolError.UnknownReturnCode);
        }

        return reader.Finish(out error);
    }

    /// <summary>PUBLISH; the packet points into <paramref name="body"/>.</summary>
    /// <param name="flags">The fixed header's flags.</param>
    /// <param name="body">The octets after the fixed header.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryReadPublish(
        byte flags, ReadOnlySpan<byte> body, out PublishPacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        var qos = (QualityOfService)((flags >> 1) & 3);
        ReadOnlySpan<byte> topic = reader.ReadUtf8();
        if (!TopicRules.IsName(topic))
        {
            reader.Fail(ProtocolError.InvalidTopicName);
        }

        packet = new PublishPacket
        {
            Topic = topic,
            QoS = qos,
            Retain = (flags & 1) != 0,
            Duplicate = (flags & 8) != 0,
            PacketId = qos == QualityOfService.AtMostOnce ? (ushort)0 : reader.ReadPacketId(),
            Payload = reader.ReadRest(),
        };
        error = reader.Error;
        return error == ProtocolError.None;
    }

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK: a packet id and nothing else.</summary>
    public static bool TryReadAck(ReadOnlySpan<byte> body, out ushort packetId, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        packetId = reader.ReadPacketId();
        return reader.Finish(out error);
    }

    /// <summary>SUBSCRIBE.</summary>
    /// <param name="body">The octets after the fixed header.</param>
    /// <param name="maxFilters">Most filters that are taken.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryReadSubscribe(
        ReadOnlySpan<byte> body, int maxFilters, out SubscribePacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        var requests = new List<SubscriptionRequest>(1);
        packet = new SubscribePacket(reader.ReadPacketId(), requests);
        do
        {
            string filter = ReadFilter(ref reader, requests.Count, maxFilters);
            byte qos = reader.ReadByte();
            if (qos > (byte)QualityOfService.ExactlyOnce)
            {
                reader.Fail(ProtocolError.ReservedQoS);
            }

            requests.Add(new SubscriptionRequest(filter, (QualityOfService)qos));
        }
        while (!reader.AtEnd);
        return reader.Finish(out error);
    }

    /// <summary>SUBACK.</summary>
    public static bool TryReadSubAck(ReadOnlySpan<byte> body, out SubAckPacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        ushort id = reader.ReadPacketId();
        byte[] codes = reader.ReadRest().ToArray();
        packet = new SubAckPacket(id, codes);
        if (codes.Length == 0)
        {
            reader.Fail(ProtocolError.WrongLength);
        }

        if (Array.Exists(codes, c => c is > (byte)QualityOfService.ExactlyOnce and not SubAckPacket.Refused))
        {
            reader.Fail(ProtocolError.UnknownReturnCode);
        }

        return reader.Finish(out error);
    }

    /// <summary>UNSUBSCRIBE.</summary>
    /// <param name="body">The octets after the fixed header.</param>
    /// <param name="maxFilters">Most filters that are taken.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryReadUnsubscribe(
        ReadOnlySpan<byte> body, int maxFilters, out UnsubscribePacket packet, out ProtocolError error)
    {
        var reader = new BodyReader(body);
        var filters = new List<string>(1);
        packet = new UnsubscribePacket(reader.ReadPacketId(), filters);
        do
        {
            filters.Add(ReadFilter(ref reader, filters.Count, maxFilters));
        }
        while (!reader.AtEnd);
        return reader.Finish(out error);
    }

    /// <summary>PINGREQ, PINGRESP, DISCONNECT: no body at all.</summary>
    public static bool TryReadEmpty(ReadOnlySpan<byte> body, out ProtocolError error)
    {
        error = body.IsEmpty ? ProtocolError.None : ProtocolError.WrongLength;
        return body.IsEmpty;
    }

    private static ProtocolError CheckConnectFlags(byte flags)
    {
        int willQoS = (flags >> 3) & 3;
        bool will = (flags & WillFlag) != 0;
        bool wrong = (flags & 1) != 0
            || (!will && (willQoS != 0 || (flags & WillRetain) != 0))
            || ((flags & UserNameFlag) == 0 && (flags & PasswordFlag) != 0);
        return wrong ? ProtocolError.ConnectFlags : willQoS == 3 ? ProtocolError.ReservedQoS : ProtocolError.None;
    }

    private static WillMessage ReadWill(ref BodyReader reader, byte flags)
    {
        string topic = reader.ReadString();
        if (!TopicRules.IsName(topic))
        {
            reader.Fail(ProtocolError.InvalidTopicName);
        }

        return new WillMessage(
            topic, reader.ReadBinary().ToArray(), (QualityOfService)((flags >> 3) & 3), (flags & WillRetain) != 0);
    }

    private static string ReadFilter(ref BodyReader reader, int soFar, int maxFilters)
    {
        if (soFar >= maxFilters)
        {
            reader.Fail(ProtocolError.TooManyFilters);
        }
        else if (reader.AtEnd)
        {
            reader.Fail(ProtocolError.NothingRequested);
        }

        string filter = reader.ReadString();
        if (!TopicRules.IsFilter(filter))
        {
            reader.Fail(ProtocolError.InvalidTopicFilter);
        }

        return filter;
    }
}
