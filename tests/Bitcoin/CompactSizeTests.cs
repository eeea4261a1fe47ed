using System.Buffers;

namespace MicroFirmware.Bitcoin.Tests;

public class CompactSizeTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(252, "fc")]
    [InlineData(253, "fdfd00")]
    [InlineData(65535, "fdffff")]
    [InlineData(65536, "fe00000100")]
    [InlineData(0x0200_0000, "fe00000002")]
    public void Golden_octets_both_ways(ulong value, string hex)
    {
        byte[] octets = Convert.FromHexString(hex);
        ArrayBufferWriter<byte> writer = new();
        CompactSize.Write(writer, value);
        Assert.Equal(octets, writer.WrittenSpan.ToArray());

        Assert.Equal(ParseStatus.Done, CompactSize.TryRead([.. octets, 0xaa], out ulong read, out int used));
        Assert.Equal((value, octets.Length), (read, used));
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, CompactSize.TryRead(octets.AsSpan(0, length), out _, out _));
        }
    }

    [Fact]
    public void Eight_octets_are_written_where_four_do_not_do()
    {
        ArrayBufferWriter<byte> writer = new();
        CompactSize.Write(writer, 0x1_0000_0000);
        Assert.Equal("FF0000000001000000", Convert.ToHexString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("fdfc00")]
    [InlineData("feffff0000")]
    [InlineData("ffffffffff00000000")]
    [InlineData("fe01000002")]
    [InlineData("ffffffffffffffffff")]
    public void Longer_than_needed_or_too_large_is_invalid(string hex) => Assert.Equal(
        ParseStatus.Invalid, CompactSize.TryRead(Convert.FromHexString(hex), out _, out _));
}
