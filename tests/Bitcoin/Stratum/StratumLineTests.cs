using System.Buffers;
using System.Text;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Bitcoin.Tests.Stratum;

public class StratumLineTests
{
    [Fact]
    public void Lines_are_taken_one_by_one()
    {
        ReadOnlySequence<byte> buffer = new("{1}\n{2}\r\n\n\r\n{3"u8.ToArray());
        Assert.Equal("{1}", Take(ref buffer));
        Assert.Equal("{2}", Take(ref buffer));
        Assert.Equal("", Take(ref buffer));
        Assert.Equal("", Take(ref buffer));
        Assert.Equal(ParseStatus.NeedMore, StratumLine.TryTake(ref buffer, 10, out _));
        Assert.Equal("{3", Encoding.ASCII.GetString(buffer));
    }

    [Theory]
    [InlineData("12345", ParseStatus.NeedMore)]
    [InlineData("12345\n", ParseStatus.Done)]
    [InlineData("123456", ParseStatus.Invalid)]
    [InlineData("123456\n", ParseStatus.Invalid)]
    [InlineData("", ParseStatus.NeedMore)]
    public void Line_that_is_too_long_is_invalid_before_its_end_comes(string text, ParseStatus expected)
    {
        ReadOnlySequence<byte> buffer = new(Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, StratumLine.TryTake(ref buffer, 5, out _));
    }

    [Fact]
    public void Line_in_pieces_is_taken_whole()
    {
        Piece first = new("{\"id\""u8.ToArray());
        Piece last = first.Then(":1}\r"u8.ToArray()).Then("\n{"u8.ToArray());
        ReadOnlySequence<byte> buffer = new(first, 0, last, last.Memory.Length);
        Assert.Equal("{\"id\":1}", Take(ref buffer));
        Assert.Equal(1, buffer.Length);
    }

    private static string Take(ref ReadOnlySequence<byte> buffer)
    {
        Assert.Equal(ParseStatus.Done, StratumLine.TryTake(ref buffer, 10, out ReadOnlySequence<byte> line));
        return Encoding.ASCII.GetString(line);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] octets) => Memory = octets;

        public Piece Then(byte[] octets)
        {
            Piece next = new(octets) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
