using System.Security.Cryptography;

namespace MicroFirmware.Bitcoin.Tests;

public class Sha256dTests
{
    [Fact]
    public void Header_of_every_known_block_gives_its_hash()
    {
        foreach (BlockVector block in Vectors.Blocks)
        {
            Assert.Equal(block.Hash, Sha256d.HashHeader(block.Octets).ToString());
            Assert.Equal(block.Hash, Sha256d.Hash(block.Octets.AsSpan(0, BlockHeader.Size)).ToString());
        }
    }

    [Fact]
    public void Header_path_agrees_with_the_platform_on_random_headers()
    {
        const int Seed = 20090103;
        Random random = new(Seed);
        byte[] header = new byte[BlockHeader.Size];
        for (int i = 0; i < 1_000; i++)
        {
            random.NextBytes(header);
            byte[] expected = SHA256.HashData(SHA256.HashData(header));
            Assert.Equal(expected, Sha256d.HashHeader(header).ToOctets());
        }
    }

    [Fact]
    public void Header_shorter_than_80_octets_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256d.HashHeader(new byte[79]));

    [Fact]
    public void HashPair_is_the_hash_of_both_in_order()
    {
        Hash256 left = Sha256d.Hash("left"u8);
        Hash256 right = Sha256d.Hash("right"u8);
        byte[] both = [.. left.ToOctets(), .. right.ToOctets()];
        Assert.Equal(Sha256d.Hash(both), Sha256d.HashPair(left, right));
        Assert.NotEqual(Sha256d.HashPair(left, right), Sha256d.HashPair(right, left));
    }
}
