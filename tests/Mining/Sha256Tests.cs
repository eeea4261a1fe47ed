using Reference = System.Security.Cryptography.SHA256;

namespace MicroFirmware.Mining.Tests;

public class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Hash_of_the_standards_examples_is_the_standards(string text, string expected)
    {
        byte[] source = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, Convert.ToHexStringLower(new Sha256().Hash(source, 0, source.Length)));
    }

    [Fact]
    public void Hash_of_every_length_up_to_three_blocks_is_the_platforms()
    {
        byte[] source = new byte[200];
        new Random(1).NextBytes(source);
        Sha256 sha = new();
        for (int count = 0; count <= 192; count++)
        {
            Assert.Equal(Reference.HashData(source.AsSpan(7, count)), sha.Hash(source, 7, count));
        }
    }

    [Theory]
    [MemberData(nameof(MainnetHeader.Heights), MemberType = typeof(MainnetHeader))]
    public void Header_of_a_known_block_has_its_hash(int height)
    {
        MainnetHeader header = MainnetHeader.At(height);
        Assert.Equal(header.Hash, BlockHeader.Hash(new Sha256(), header.WithoutNonce, header.Nonce));
        Assert.True(Target.IsMet(header.Hash, Target.FromCompact(header.Bits)));
    }
}
