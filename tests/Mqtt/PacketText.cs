using System.Buffers;
using System.Text;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>Packets as one readable line, so that a test compares text; see tests/vectors/mqtt/packets.txt.</summary>
internal static partial class PacketText
{
    /// <summary>Reads a frame's body; false and an error, or true, its text, and its octets encoded anew.</summary>
    public static bool TryDescribe(in PacketFrame frame, out string text, out byte[] encoded, out ProtocolError error)
    {
        var output = new ArrayBufferWriter<byte>();
        bool done = frame.Type switch
        {
            PacketType.Connect => Connect(frame, output, out text, out error),
            PacketType.ConnAck => ConnAck(frame, output, out text, out error),
            PacketType.Publish => Publish(frame, output, out text, out error),
            PacketType.Subscribe => Subscribe(frame, output, out text, out error),
            PacketType.SubAck => SubAck(frame, output, out text, out error),
            PacketType.Unsubscribe => Unsubscribe(frame, output, out text, out error),
            PacketType.PingReq or PacketType.PingResp or PacketType.Disconnect =>
                Empty(frame, output, out text, out error),
            _ => Ack(frame, output, out text, out error),
        };
        encoded = output.WrittenSpan.ToArray();
        return done;
    }

    private static string Visible(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8).Replace("\ufeff", "U+FEFF");

    private static bool Connect(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadConnect(frame.Body, out ConnectPacket p, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, p);
        text = $"CONNECT {p.ClientId} level={p.ProtocolLevel}{(p.CleanSession ? " clean" : "")}";
        text += $" keep={p.KeepAliveSeconds}";
        text += p.Will is { } w
            ? $" will={w.Topic}:{Visible(w.Payload.Span)}@{(int)w.QoS}{(w.Retain ? "R" : "")}"
            : "";
        text += p.UserName is null ? "" : $" user={p.UserName}";
        text += p.Password is { } password ? $" password={Visible(password.Span)}" : "";
        return true;
    }

    private static bool ConnAck(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadConnAck(frame.Body, out ConnAckPacket packet, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, packet);
        text = $"CONNACK {packet.ReturnCode}{(packet.SessionPresent ? " present" : "")}";
        return true;
    }

    private static bool Publish(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadPublish(frame.Flags, frame.Body, out PublishPacket p, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, p);
        text = $"PUBLISH {Visible(p.Topic)}={Visible(p.Payload)}@{(int)p.QoS}";
        text += (p.Retain ? "R" : "") + (p.Duplicate ? "D" : "") + (p.PacketId > 0 ? $" id={p.PacketId}" : "");
        return true;
    }

    private static bool Ack(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadAck(frame.Body, out ushort id, out error))
        {
            return false;
        }

        PacketEncoder.WriteAck(output, frame.Type, id);
        text = $"{frame.Type.ToString().ToUpperInvariant()} id={id}";
        return true;
    }

    private static bool Subscribe(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadSubscribe(frame.Body, 1000, out SubscribePacket packet, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, packet);
        text = $"SUBSCRIBE id={packet.PacketId} "
            + string.Join(' ', packet.Requests.Select(r => $"{r.Filter}@{(int)r.QoS}"));
        return true;
    }

    private static bool SubAck(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadSubAck(frame.Body, out SubAckPacket packet, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, packet);
        text = $"SUBACK id={packet.PacketId} {string.Join(' ', packet.ReturnCodes)}";
        return true;
    }

    private static bool Unsubscribe(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = "";
        if (!PacketDecoder.TryReadUnsubscribe(frame.Body, 1000, out UnsubscribePacket packet, out error))
        {
            return false;
        }

        PacketEncoder.Write(output, packet);
        text = $"UNSUBSCRIBE id={packet.PacketId} {string.Join(' ', packet.Filters)}";
        return true;
    }

    private static bool Empty(
        in PacketFrame frame, ArrayBufferWriter<byte> output, out string text, out ProtocolError error)
    {
        text = frame.Type.ToString().ToUpperInvariant();
        PacketEncoder.WriteEmpty(output, frame.Type);
        return PacketDecoder.TryReadEmpty(frame.Body, out error);
    }
}
