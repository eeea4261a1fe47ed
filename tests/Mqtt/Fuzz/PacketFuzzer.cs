using System.Buffers;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Fuzz;

/// <summary>
/// Packets that are right, nearly right, or noise, from a seed. A share of them is what a client would say, so that
/// the states behind CONNECT are reached too.
/// </summary>
internal sealed class PacketFuzzer(int seed)
{
    private static readonly string[] s_topics = ["a", "a/b", "a/b/c", "share", "x/é/y", "$SYS/x", "/", "a//b"];
    private static readonly string[] s_filters = ["#", "+", "a/+", "a/b", "a/#", "+/b/#", "$SYS/#", "share", "/"];

    private readonly Random _random = new(seed);
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>A CONNECT that is right.</summary>
    public ReadOnlyMemory<byte> Connect()
    {
        _output.ResetWrittenCount();
        PacketEncoder.Write(_output, ConnectPacket());
        return _output.WrittenMemory;
    }

    /// <summary>One packet: right, or changed in one to three places, or cut, or noise.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        _output.ResetWrittenCount();
        WriteRight();
        int kind = _random.Next(100);
        if (kind < 97)
        {
            return _output.WrittenMemory;
        }

        byte[] octets = _output.WrittenSpan.ToArray();
        if (kind == 97)
        {
            for (int i = 0; i <= _random.Next(3); i++)
            {
                octets[_random.Next(octets.Length)] = (byte)_random.Next(256);
            }
        }
        else if (kind == 98)
        {
            return octets.AsMemory(0, _random.Next(octets.Length));
        }
        else
        {
            _random.NextBytes(octets);
        }

        return octets;
    }

    private ushort Id() => (ushort)(1 + _random.Next(20));

    private QualityOfService QoS() => (QualityOfService)_random.Next(3);

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private byte[] Payload()
    {
        byte[] payload = new byte[_random.Next(60)];
        _random.NextBytes(payload);
        return payload;
    }

    private ConnectPacket ConnectPacket() => new()
    {
        ClientId = $"fuzz-{_random.Next(50)}",
        CleanSession = _random.Next(3) > 0,
        KeepAliveSeconds = (ushort)_random.Next(100),
        UserName = _random.Next(2) == 0 ? null : "user",
        Will = _random.Next(3) > 0 ? null : new WillMessage("a/will", Payload(), QoS(), _random.Next(2) == 0),
    };

    private void WriteRight()
    {
        switch (_random.Next(100))
        {
            case < 50:
                QualityOfService qos = QoS();
                PacketEncoder.Write(_output, new PublishPacket
                {
                    Topic = System.Text.Encoding.UTF8.GetBytes(Pick(s_topics)),
                    Payload = Payload(),
                    QoS = qos,
                    Retain = _random.Next(4) == 0,
                    Duplicate = qos > 0 && _random.Next(4) == 0,
                    PacketId = qos > 0 ? Id() : (ushort)0,
                });
                break;
            case < 80:
                PacketType ack = (PacketType)_random.Next((int)PacketType.PubAck, (int)PacketType.PubComp + 1);
                PacketEncoder.WriteAck(_output, ack, Id());
                break;
            case < 88:
                SubscriptionRequest[] requests = [new(Pick(s_filters), QoS()), new(Pick(s_filters), QoS())];
                PacketEncoder.Write(_output, new SubscribePacket(Id(), requests));
                break;
            case < 93:
                PacketEncoder.Write(_output, new UnsubscribePacket(Id(), [Pick(s_filters)]));
                break;
            case < 99:
                PacketEncoder.WriteEmpty(_output, PacketType.PingReq);
                break;
            default:
                PacketEncoder.WriteEmpty(_output, PacketType.Disconnect);
                break;
        }
    }
}
