using System.Buffers;
using System.Text;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests;

/// <content>The way back: a line of text to the octets of a packet; <c>hex</c> takes octets as they are.</content>
internal static partial class PacketText
{
    public static byte[] Parse(string text)
    {
        if (text.StartsWith("hex ", StringComparison.Ordinal))
        {
            return Vectors.Octets(text[4..]);
        }

        string[] words = text.Split(' ');
        var output = new ArrayBufferWriter<byte>();
        switch (words[0])
        {
            case "CONNECT":
                PacketEncoder.Write(output, ParseConnect(words));
                break;
            case "PUBLISH":
                ParsePublish(output, text, words);
                break;
            case "SUBSCRIBE":
                PacketEncoder.Write(output, new SubscribePacket(Id(words), [.. words[2..].Select(ParseRequest)]));
                break;
            case "UNSUBSCRIBE":
                PacketEncoder.Write(output, new UnsubscribePacket(Id(words), words[2..]));
                break;
            case "PINGREQ" or "DISCONNECT":
                PacketEncoder.WriteEmpty(output, Type(words[0]));
                break;
            default:
                PacketEncoder.WriteAck(output, Type(words[0]), Id(words));
                break;
        }

        return output.WrittenSpan.ToArray();
    }

    private static PacketType Type(string word) => Enum.Parse<PacketType>(word, ignoreCase: true);

    private static ushort Id(string[] words) =>
        Field(words, "id") is { } id ? ushort.Parse(id, null) : (ushort)0;

    private static string? Field(string[] words, string name) =>
        Array.Find(words, w => w.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static ConnectPacket ParseConnect(string[] words) => new()
    {
        ClientId = words[1],
        ProtocolLevel = Field(words, "level") is { } level ? byte.Parse(level, null) : ConnectPacket.Level311,
        CleanSession = words.Contains("clean"),
        KeepAliveSeconds = Field(words, "keep") is { } seconds ? ushort.Parse(seconds, null) : (ushort)0,
        Will = Field(words, "will") is { } will ? ParseWill(will) : null,
        UserName = Field(words, "user"),
        Password = Field(words, "password") is { } password
            ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password)
            : null,
    };

    private static WillMessage ParseWill(string text)
    {
        int colon = text.IndexOf(':'), at = text.LastIndexOf('@');
        return new WillMessage(
            text[..colon],
            Encoding.UTF8.GetBytes(text[(colon + 1)..at]),
            (QualityOfService)(text[at + 1] - '0'),
            text.EndsWith('R'));
    }

    private static SubscriptionRequest ParseRequest(string text)
    {
        int at = text.LastIndexOf('@');
        return new SubscriptionRequest(text[..at], (QualityOfService)(text[at + 1] - '0'));
    }

    private static void ParsePublish(ArrayBufferWriter<byte> output, string text, string[] words)
    {
        string rest = text["PUBLISH ".Length..];
        int id = rest.LastIndexOf(" id=", StringComparison.Ordinal);
        rest = id < 0 ? rest : rest[..id];
        int equals = rest.IndexOf('='), at = rest.LastIndexOf('@');
        PacketEncoder.Write(output, new PublishPacket
        {
            Topic = Encoding.UTF8.GetBytes(rest[..equals]),
            Payload = Encoding.UTF8.GetBytes(rest[(equals + 1)..at]),
            QoS = (QualityOfService)(rest[at + 1] - '0'),
            Retain = rest.IndexOf('R', at) > 0,
            Duplicate = rest.IndexOf('D', at) > 0,
            PacketId = Id(words),
        });
    }
}
