using System.Buffers;
using MicroFirmware.Mqtt.Codec;

namespace MicroFirmware.Mqtt.Tests.Codec;

public sealed class PacketCursorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    public void Packets_split_over_segments_of_any_size_are_all_read(int segmentSize)
    {
        string[][] lines = [.. Vectors.Lines("packets.txt")];
        byte[] all = [.. lines.SelectMany(l => Vectors.Octets(l[0]))];
        using var cursor = new PacketCursor(Split(all, segmentSize), 1_000);
        var texts = new List<string>();

        while (cursor.TryRead(out PacketFrame frame) == ParseStatus.Done)
        {
            PacketText.TryDescribe(frame, out string text, out _, out _);
            texts.Add(text);
        }

        Assert.Equal(lines.Select(l => l[1]), texts);
        Assert.True(cursor.AtEnd);
    }

    [Fact]
    public void Packet_that_is_not_whole_is_left_where_it_begins()
    {
        byte[] octets = Vectors.Octets("c0 00 32 07 00 03 61 2f 62 00");
        var buffer = Split(octets, 4);
        using var cursor = new PacketCursor(buffer, 1_000);

        Assert.Equal(ParseStatus.Done, cursor.TryRead(out _));
        Assert.Equal(ParseStatus.NeedMore, cursor.TryRead(out _));
        Assert.Equal(2, buffer.Slice(0, cursor.Consumed).Length);
    }

    [Fact]
    public void Malformed_length_over_segments_is_invalid()
    {
        using var cursor = new PacketCursor(Split(Vectors.Octets("30 ff ff ff ff 7f"), 2), 1_000);

        Assert.Equal(ParseStatus.Invalid, cursor.TryRead(out _));
        Assert.Equal(ProtocolError.MalformedLength, cursor.Error);
    }

    private static ReadOnlySequence<byte> Split(byte[] octets, int size)
    {
        Segment? first = null, last = null;
        foreach (byte[] chunk in octets.Chunk(size))
        {
            last = last is null ? first = new Segment(chunk) : last.Append(chunk);
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] octets) => Memory = octets;

        public Segment Append(byte[] octets)
        {
            var next = new Segment(octets) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
