namespace MicroFirmware.Bitcoin.Tests;

public class BlockTests
{
    [Fact]
    public void Known_blocks_return_octet_for_octet_with_their_ids()
    {
        foreach (BlockVector vector in Vectors.Blocks)
        {
            Block block = Block.Parse(vector.Octets);
            Assert.Equal(vector.Octets, block.ToOctets());
            Assert.Equal(vector.Size, vector.Octets.Length);
            Assert.Equal(vector.Hash, block.Header.Hash().ToString());
            Assert.True(block.Header.MeetsItsTarget());
            string[] ids = [.. block.Transactions.Select(t => t.Txid.ToString())];
            Assert.True(vector.Txids.Length == 0 || vector.Txids.SequenceEqual(ids));
        }
    }

    [Fact]
    public void Block_170_pays_ten_coins_to_the_second_user()
    {
        Transaction payment = Block.Parse(Vectors.BlockAt(170).Octets).Transactions[1];
        Assert.Equal("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", payment.Txid.ToString());
        Assert.Equal([10 * Consensus.Coin, 40 * Consensus.Coin], payment.Outputs.Select(o => o.Value));
    }

    [Fact]
    public void Truncated_at_every_octet_asks_for_more()
    {
        byte[] octets = Vectors.BlockAt(926485).Octets;
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, Block.TryParse(octets.AsSpan(0, length), out Block? block, out _));
            Assert.Null(block);
        }
    }

    [Fact]
    public void Count_that_no_block_could_hold_is_invalid()
    {
        byte[] octets = [.. Vectors.BlockAt(0).Octets[..BlockHeader.Size], 0xfe, 0, 0, 1, 0];
        Assert.Equal(ParseStatus.NeedMore, Block.TryParse(octets, out _, out _));
        octets[^2] = 2;
        Assert.Equal(ParseStatus.Invalid, Block.TryParse(octets, out _, out _));
    }

    [Fact]
    public void Weight_counts_witness_octets_once_and_others_four_times()
    {
        Block block = Block.Parse(Vectors.BlockAt(926485).Octets);
        int stripped = block.ToOctets(withWitness: false).Length;
        Assert.Equal((4 * stripped) + (1982 - stripped), block.Weight);
        Block old = Block.Parse(Vectors.BlockAt(170).Octets);
        Assert.Equal(4 * 490, old.Weight);
    }

    [Fact]
    public void Header_returns_octet_for_octet()
    {
        byte[] octets = Vectors.BlockAt(125552).Octets[..BlockHeader.Size];
        BlockHeader header = BlockHeader.Read(octets);
        Assert.Equal(octets, header.ToOctets());
        Assert.Equal((1u, 1305998791u, 0x1a44b9f2u, 2504433986u),
            (header.Version, header.Time, header.Bits, header.Nonce));
        Assert.False((header with { Nonce = header.Nonce + 1 }).MeetsItsTarget());
        Assert.False((header with { Bits = 0 }).MeetsItsTarget());
    }
}
