using System.Buffers;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Codec;

public sealed class GoldenPacketTests
{
    private const int Unlimited = PacketFrame.MaxRemainingLength + PacketFrame.MaxHeaderLength;

    public static IEnumerable<object[]> Packets => Vectors.Lines("packets.txt");

    public static IEnumerable<object[]> Malformed => Vectors.Lines("malformed.txt");

    [Theory]
    [MemberData(nameof(Packets))]
    public void Octets_read_and_written_again_are_the_same(string hex, string text)
    {
        byte[] octets = Vectors.Octets(hex);

        ParseStatus status = PacketFrame.TryRead(octets, Unlimited, out PacketFrame frame, out int length, out _);

        Assert.Equal(ParseStatus.Done, status);
        Assert.Equal(octets.Length, length);
        Assert.True(PacketText.TryDescribe(frame, out string described, out byte[] encoded, out ProtocolError error),
            error.ToString());
        Assert.Equal(text, described);
        Assert.Equal(Convert.ToHexString(octets), Convert.ToHexString(encoded));
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Octets_cut_off_anywhere_need_more(string hex, string text)
    {
        byte[] octets = Vectors.Octets(hex);
        for (int length = 0; length < octets.Length; length++)
        {
            ParseStatus status = PacketFrame.TryRead(
                octets.AsSpan(0, length), Unlimited, out _, out _, out ProtocolError error);
            Assert.True(status == ParseStatus.NeedMore, $"{text} cut to {length} octets: {status} {error}");
        }
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Body_cut_off_anywhere_is_invalid_or_shorter_but_never_the_same(string hex, string text)
    {
        byte[] octets = Vectors.Octets(hex);
        for (int length = 2; length < octets.Length; length++)
        {
            byte[] cut = octets[..length];
            cut[1] = (byte)(length - 2);
            Assert.Equal(ParseStatus.Done, PacketFrame.TryRead(cut, Unlimited, out PacketFrame frame, out _, out _));
            bool read = PacketText.TryDescribe(
                frame, out string described, out byte[] encoded, out ProtocolError error);
            Assert.Equal(read, error == ProtocolError.None);
            if (read)
            {
                Assert.NotEqual(text, described);
                Assert.Equal(Convert.ToHexString(cut), Convert.ToHexString(encoded));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Packet_above_the_limit_is_invalid_as_soon_as_its_length_is_known(string hex, string text)
    {
        byte[] octets = Vectors.Octets(hex);

        ParseStatus status = PacketFrame.TryRead(
            octets.AsSpan(0, 2), octets.Length - 1, out _, out _, out ProtocolError error);

        Assert.True((ParseStatus.Invalid, ProtocolError.PacketTooLarge) == (status, error), text);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Reserved_flags_are_invalid_from_the_first_octet_on(string hex, string text)
    {
        byte first = Vectors.Octets(hex)[0];
        if (first >> 4 == (int)PacketType.Publish)
        {
            return;
        }

        for (int flags = 0; flags < 16; flags++)
        {
            byte[] changed = [(byte)((first & 0xf0) | flags)];
            ParseStatus expected = flags == (first & 0xf) ? ParseStatus.NeedMore : ParseStatus.Invalid;
            ParseStatus status = PacketFrame.TryRead(changed, Unlimited, out _, out _, out _);
            Assert.True(expected == status, $"{text} with flags {flags:x}: {status}");
        }
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Malformed_octets_are_invalid(string hex, string expected, string why)
    {
        const int limit = 100_000_000;
        ParseStatus status = PacketFrame.TryRead(
            Vectors.Octets(hex), limit, out PacketFrame frame, out _, out ProtocolError error);

        Assert.NotEqual(ParseStatus.NeedMore, status);
        Assert.False(status == ParseStatus.Done && PacketText.TryDescribe(frame, out _, out _, out error), why);
        Assert.Equal(expected, error.ToString());
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void Remaining_length_is_read_at_the_edges_of_table_2_4(int length, string hex)
    {
        byte[] octets = [0x30, .. Convert.FromHexString(hex)];

        ParseStatus status = PacketFrame.TryRead(octets, Unlimited, out _, out int total, out _);

        Assert.Equal(length == 0 ? ParseStatus.Done : ParseStatus.NeedMore, status);
        Assert.Equal(octets.Length + length, total);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(20_000)]
    [InlineData(2_100_000)]
    public void Large_payload_comes_back_whole(int size)
    {
        var output = new ArrayBufferWriter<byte>();
        byte[] payload = new byte[size];
        new Random(7).NextBytes(payload);
        PacketEncoder.Write(output, new PublishPacket { Topic = "a/b"u8, Payload = payload });

        ParseStatus status = PacketFrame.TryRead(
            output.WrittenSpan, Unlimited, out PacketFrame frame, out int length, out _);

        Assert.Equal(ParseStatus.Done, status);
        Assert.Equal(output.WrittenCount, length);
        Assert.Equal(length, PacketEncoder.PublishLength(3, size, QualityOfService.AtMostOnce));
        Assert.True(PacketDecoder.TryReadPublish(frame.Flags, frame.Body, out PublishPacket packet, out _));
        Assert.True(packet.Payload.SequenceEqual(payload));
    }

    [Fact]
    public void Encoder_refuses_what_no_packet_can_carry()
    {
        var output = new ArrayBufferWriter<byte>();
        string tooLong = new('x', 65_536);

        Assert.Throws<ArgumentException>(() => PacketEncoder.Write(output, new ConnectPacket { ClientId = tooLong }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketEncoder.WriteAck(output, PacketType.PubAck, 0));
    }
}
