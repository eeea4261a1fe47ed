using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Tests.Jobs;

public class ExtranonceSpaceTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(7, 2, 5)]
    [InlineData(8, 4, 4)]
    [InlineData(16, 4, 12)]
    public void Octets_are_divided_between_connection_and_miner(int size, int number, int extranonce2)
    {
        ExtranonceSpace space = new(size);
        Assert.Equal((number, extranonce2), (space.NumberSize, space.Extranonce2Size));
    }

    [Theory]
    [InlineData(2, 5, "8506")]
    [InlineData(4, 5, "80050607")]
    [InlineData(8, 0x7fff_ffff, "ffffffff06070809")]
    public void First_bit_tells_connections_from_boards(int size, uint number, string expected)
    {
        ExtranonceSpace space = new(size);
        byte[] extranonce2 = [6, 7, 8, 9];
        Extranonce joined = space.Join(number, extranonce2.AsSpan(0, space.Extranonce2Size));
        Assert.Equal(expected, joined.ToString());
        Assert.StartsWith(space.OfConnection(number).ToString(), expected);
        Assert.True(new ExtranonceCounter(size).TryTake(out byte[] board));
        Assert.Equal((0, 0x80), (board[0] & 0x80, Convert.FromHexString(expected)[0] & 0x80));
    }

    [Fact]
    public void Number_beyond_the_room_is_refused()
    {
        ExtranonceSpace space = new(4);
        Assert.Equal(32_768u, space.Connections);
        Assert.Throws<ArgumentOutOfRangeException>(() => space.OfConnection(32_768));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Extranonce(new byte[17]));
    }

    [Fact]
    public void Extranonce_gives_back_its_octets_and_differs_by_size()
    {
        Assert.Equal([0, 1, 2], new Extranonce([0, 1, 2]).ToOctets());
        Assert.NotEqual(new Extranonce([0, 1]), new Extranonce([1]));
        Assert.Equal(new Extranonce([9, 1]), new Extranonce([9, 1]));
    }
}
