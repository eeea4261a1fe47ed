namespace MicroFirmware.Appliance.Tests;

/// <summary>RFC 8554, appendix F, test case 2: the upper of its two levels has exactly our parameters.</summary>
public class LmsCheckTests
{
    private const string Seed = "558b8966c48ae9cb898b423c83443aae014a72f1b1ab5cc85cf1d892903b5439";
    private const string Identifier = "d08fabd4a2091ff0a8cb4ed834e74534";
    private const string Root = "32a58885cd9ba0431235466bff9651c6c92124404d45fa53cf161c28f1ad5a8e";

    /// <summary>The lower level's public key, which the upper one signs.</summary>
    private const string Message = "0000000500000004215f83b7ccb9acbcd08db97b0d04dc2b"
        + "a1cd035833e0e90059603f26e07ad2aad152338e7a5e5984bcd5f7bb4eba40b7";

    private const string Randomizer = "3d46bee8660f8f215d3f96408a7a64cf1c4da02b63a55f62c666ef5707a914ce";

    private const string SignatureStart = "0000000300000003" + Randomizer
        + "0674e8cb7a55f0c48d484f31f3aa4af9719a74f22cf823b94431d01c926e2a76"
        + "bb71226d279700ec81c9e95fb11a0d10d065279a5796e265ae17737c44eb8c59"
        + "4508e126a9a7870bf4360820bdeb9a01d9693779e416828e75bddd7d8c70d50a"
        + "0ac8ba39810909d445f44cb5bb58de737e60cb4345302786ef2c6b14af212ca1"
        + "9edeaa3bfcfe8baa6621ce88480df2371dd37add732c9de4ea2ce0dffa53c926"
        + "49a18d39a50788f4652987f226a1d48168205df6ae7c58e049a25d4907edc1aa"
        + "90da8aa5e5f7671773e941d8055360215c6b60dd35463cf2240a9c06d694e9cb";

    private static readonly LmsSigner s_signer = new(Bytes(Seed), Bytes(Identifier));

    [Fact]
    public void Public_key_of_the_seed_is_the_standards()
    {
        Assert.Equal("0000000600000003" + Identifier + Root, Convert.ToHexStringLower(s_signer.PublicKey));
    }

    [Fact]
    public void Signature_begins_as_the_standards_and_is_good()
    {
        byte[] signature = s_signer.Sign(3, Bytes(Randomizer), Bytes(Message));
        Assert.StartsWith(SignatureStart, Convert.ToHexStringLower(signature));
        Assert.Equal(LmsCheck.SignatureLength, signature.Length);
        Assert.Equal(ParseStatus.Done, Check(s_signer.PublicKey, Bytes(Message), signature));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(1023)]
    public void Signature_of_any_leaf_is_good(int leaf)
    {
        byte[] signature = s_signer.Sign(leaf, new byte[32], [1, 2, 3]);
        Assert.Equal(ParseStatus.Done, Check(s_signer.PublicKey, [1, 2, 3], signature));
        Assert.Equal(ParseStatus.Invalid, Check(s_signer.PublicKey, [1, 2, 4], signature));
    }

    [Fact]
    public void Signature_or_key_with_any_octet_changed_is_not_good()
    {
        byte[] signature = s_signer.Sign(700, new byte[32], [5]);
        for (int i = 0; i < signature.Length; i += i < 48 || i > 2180 ? 1 : 31)
        {
            byte[] changed = [.. signature];
            changed[i] ^= 1;
            Assert.Equal(ParseStatus.Invalid, Check(s_signer.PublicKey, [5], changed));
        }

        for (int i = 0; i < LmsCheck.PublicKeyLength; i++)
        {
            byte[] changed = s_signer.PublicKey;
            changed[i] ^= 1;
            Assert.Equal(ParseStatus.Invalid, Check(changed, [5], signature));
        }
    }

    private static ParseStatus Check(byte[] key, byte[] message, byte[] signature)
    {
        LmsCheck check = new(key, message, signature);
        ParseStatus status;
        do
        {
            status = check.Step();
        }
        while (status == ParseStatus.NeedMore);

        return status;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
