using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Codec;

/// <summary>
/// Packets to bytes. Each method writes exactly one packet. What a packet may not hold (a string of more than 65,535
/// octets, a packet id of 0) is the caller's error and throws <see cref="ArgumentException"/>.
/// </summary>
public static class PacketEncoder
{
    private const int MaxFieldLength = ushort.MaxValue;

    /// <summary>CONNECT.</summary>
    public static void Write(IBufferWriter<byte> output, ConnectPacket packet)
    {
        WillMessage? will = packet.Will;
        int length = 10 + FieldLength(packet.ClientId)
            + (will is null ? 0 : FieldLength(will.Topic) + FieldLength(will.Payload))
            + (packet.UserName is null ? 0 : FieldLength(packet.UserName))
            + (packet.Password is { } p ? FieldLength(p) : 0);
        var writer = new BodyWriter(output, PacketType.Connect, 0, length);
        writer.String("MQTT");
        writer.Byte(packet.ProtocolLevel);
        writer.Byte(ConnectFlags(packet));
        writer.UInt16(packet.KeepAliveSeconds);
        writer.String(packet.ClientId);
        if (will is not null)
        {
            writer.String(will.Topic);
            writer.Binary(will.Payload.Span);
        }

        if (packet.UserName is not null)
        {
            writer.String(packet.UserName);
        }

        if (packet.Password is { } password)
        {
            writer.Binary(password.Span);
        }

        writer.Complete();
    }

    /// <summary>CONNACK.</summary>
    public static void Write(IBufferWriter<byte> output, ConnAckPacket packet)
    {
        var writer = new BodyWriter(output, PacketType.ConnAck, 0, 2);
        writer.Byte(packet.SessionPresent ? (byte)1 : (byte)0);
        writer.Byte((byte)packet.ReturnCode);
        writer.Complete();
    }

    /// <summary>PUBLISH. The topic and payload are written as they are.</summary>
    public static void Write(IBufferWriter<byte> output, in PublishPacket packet)
    {
        bool withId = packet.QoS != QualityOfService.AtMostOnce;
        int flags = (packet.Duplicate ? 8 : 0) | ((int)packet.QoS << 1) | (packet.Retain ? 1 : 0);
        int length = 2 + packet.Topic.Length + (withId ? 2 : 0) + packet.Payload.Length;
        var writer = new BodyWriter(output, PacketType.Publish, (byte)flags, length);
        writer.Binary(packet.Topic);
        if (withId)
        {
            writer.PacketId(packet.PacketId);
        }

        writer.Raw(packet.Payload);
        writer.Complete();
    }

    /// <summary>The size of a PUBLISH, fixed header included.</summary>
    public static int PublishLength(int topicLength, int payloadLength, QualityOfService qos)
    {
        int length = 2 + topicLength + (qos == QualityOfService.AtMostOnce ? 0 : 2) + payloadLength;
        return length + (length < 128 ? 2 : length < 16_384 ? 3 : length < 2_097_152 ? 4 : 5);
    }

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK: a packet id and nothing else.</summary>
    public static void WriteAck(IBufferWriter<byte> output, PacketType type, ushort packetId)
    {
        var writer = new BodyWriter(output, type, type == PacketType.PubRel ? (byte)2 : (byte)0, 2);
        writer.PacketId(packetId);
        writer.Complete();
    }

    /// <summary>SUBSCRIBE.</summary>
    public static void Write(IBufferWriter<byte> output, SubscribePacket packet)
    {
        int length = 2 + packet.Requests.Sum(r => FieldLength(r.Filter) + 1);
        var writer = new BodyWriter(output, PacketType.Subscribe, 2, length);
        writer.PacketId(packet.PacketId);
        foreach (SubscriptionRequest request in packet.Requests)
        {
            writer.String(request.Filter);
            writer.Byte((byte)request.QoS);
        }

        writer.Complete();
    }

    /// <summary>SUBACK.</summary>
    public static void Write(IBufferWriter<byte> output, SubAckPacket packet)
    {
        var writer = new BodyWriter(output, PacketType.SubAck, 0, 2 + packet.ReturnCodes.Count);
        writer.PacketId(packet.PacketId);
        foreach (byte code in packet.ReturnCodes)
        {
            writer.Byte(code);
        }

        writer.Complete();
    }

    /// <summary>UNSUBSCRIBE.</summary>
    public static void Write(IBufferWriter<byte> output, UnsubscribePacket packet)
    {
        var writer = new BodyWriter(output, PacketType.Unsubscribe, 2, 2 + packet.Filters.Sum(FieldLength));
        writer.PacketId(packet.PacketId);
        foreach (string filter in packet.Filters)
        {
            writer.String(filter);
        }

        writer.Complete();
    }

    /// <summary>PINGREQ, PINGRESP, DISCONNECT: no body at all.</summary>
    public static void WriteEmpty(IBufferWriter<byte> output, PacketType type) =>
        new BodyWriter(output, type, 0, 0).Complete();

    private static byte ConnectFlags(ConnectPacket packet)
    {
        int flags = packet.CleanSession ? 0x02 : 0;
        if (packet.Will is { } will)
        {
            flags |= 0x04 | ((int)will.QoS << 3) | (will.Retain ? 0x20 : 0);
        }

        flags |= packet.UserName is null ? 0 : 0x80;
        return (byte)(flags | (packet.Password is null ? 0 : 0x40));
    }

    private static int FieldLength(string text) => FieldLength(Encoding.UTF8.GetByteCount(text));

    private static int FieldLength(ReadOnlyMemory<byte> field) => FieldLength(field.Length);

    private static int FieldLength(int octets) => octets <= MaxFieldLength
        ? 2 + octets
        : throw new ArgumentException($"A field of {octets} octets; MQTT carries at most {MaxFieldLength}.");

    /// <summary>Fills the memory of one packet, whose length is known beforehand.</summary>
    private ref struct BodyWriter
    {
        private readonly IBufferWriter<byte> _output;
        private readonly Span<byte> _span;
        private int _at;

        public BodyWriter(IBufferWriter<byte> output, PacketType type, byte flags, int length)
        {
            if (length > PacketFrame.MaxRemainingLength)
            {
                throw new ArgumentException($"A packet of {length} octets; MQTT carries at most 268435455.");
            }

            _output = output;
            _span = output.GetSpan(PacketFrame.MaxHeaderLength + length);
            Byte((byte)(((int)type << 4) | flags));
            do
            {
                int digit = length & 0x7f;
                length >>= 7;
                Byte((byte)(length > 0 ? digit | 0x80 : digit));
            }
            while (length > 0);
        }

        public void Byte(byte value) => _span[_at++] = value;

        public void UInt16(ushort value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_span[_at..], value);
            _at += 2;
        }

        public void PacketId(ushort value)
        {
            ArgumentOutOfRangeException.ThrowIfZero(value);
            UInt16(value);
        }

        public void String(string text)
        {
            int written = Encoding.UTF8.GetBytes(text, _span[(_at + 2)..]);
            UInt16((ushort)written);
            _at += written;
        }

        public void Binary(ReadOnlySpan<byte> octets)
        {
            UInt16((ushort)octets.Length);
            Raw(octets);
        }

        public void Raw(ReadOnlySpan<byte> octets)
        {
            octets.CopyTo(_span[_at..]);
            _at += octets.Length;
        }

        public readonly void Complete() => _output.Advance(_at);
    }
}
