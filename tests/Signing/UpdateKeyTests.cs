using MicroFirmware.Appliance;
using MicroFirmware.Protocol;

namespace MicroFirmware.Signing.Tests;

/// <summary>RFC 8554, appendix F, test case 2: the upper of its two levels has exactly our parameters.</summary>
public class UpdateKeyTests
{
    private const string Seed = "558b8966c48ae9cb898b423c83443aae014a72f1b1ab5cc85cf1d892903b5439";
    private const string Identifier = "d08fabd4a2091ff0a8cb4ed834e74534";
    private const string Root = "32a58885cd9ba0431235466bff9651c6c92124404d45fa53cf161c28f1ad5a8e";
    private const string Randomizer = "3d46bee8660f8f215d3f96408a7a64cf1c4da02b63a55f62c666ef5707a914ce";

    private const string Message = "0000000500000004215f83b7ccb9acbcd08db97b0d04dc2b"
        + "a1cd035833e0e90059603f26e07ad2aad152338e7a5e5984bcd5f7bb4eba40b7";

    private const string SignatureStart = "0000000300000003" + Randomizer
        + "0674e8cb7a55f0c48d484f31f3aa4af9719a74f22cf823b94431d01c926e2a76"
        + "bb71226d279700ec81c9e95fb11a0d10d065279a5796e265ae17737c44eb8c59";

    private static readonly UpdateKey s_key = UpdateKey.Parse($"identifier = {Identifier}\nseed = {Seed}\nnext = 7\n");

    [Fact]
    public void Public_key_of_the_seed_is_the_standards() =>
        Assert.Equal("0000000600000003" + Identifier + Root, s_key.PublicKey);

    [Fact]
    public void Signature_begins_as_the_standards()
    {
        byte[] signature = s_key.Sign(3, Convert.FromHexString(Randomizer), Convert.FromHexString(Message));

        Assert.Equal(2508, signature.Length);
        Assert.StartsWith(SignatureStart, Convert.ToHexStringLower(signature));
    }

    [Fact]
    public void Board_takes_what_the_key_signs_and_nothing_else()
    {
        byte[] signature = s_key.Sign(3, new byte[32], [1, 2, 3]);

        Assert.Equal(ParseStatus.Done, Check([1, 2, 3], signature));
        Assert.Equal(ParseStatus.Invalid, Check([1, 2, 4], signature));
    }

    [Fact]
    public void Leaf_is_stored_before_it_signs_and_none_signs_twice()
    {
        UpdateKey key = UpdateKey.Parse(s_key.ToText());
        List<string> stored = [];

        byte[] first = key.Sign([1], stored.Add);
        byte[] second = UpdateKey.Parse(stored[0]).Sign([1], stored.Add);
        Assert.Throws<IOException>(() => key.Sign([1], _ => throw new IOException()));

        Assert.Equal([7, 8], [first[3], second[3]]);
        Assert.Contains("next = 9", stored[1]);
        Assert.Equal(9u, key.Next);
    }

    [Fact]
    public void Key_that_is_used_up_signs_no_more()
    {
        UpdateKey key = UpdateKey.Parse($"identifier = {Identifier}\nseed = {Seed}\nnext = 1024\n");

        Assert.Throws<InvalidOperationException>(() => key.Sign([1], _ => { }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("identifier = 00\nseed = 00\nnext = 0")]
    [InlineData("identifier = " + Identifier + "\nseed = " + Seed)]
    [InlineData("identifier = xyz\nseed = " + Seed + "\nnext = 0")]
    public void Text_that_is_no_key_is_refused(string text) =>
        Assert.Throws<FormatException>(() => UpdateKey.Parse(text));

    [Fact]
    public void Keys_made_are_different_and_begin_at_the_first_leaf()
    {
        (UpdateKey one, UpdateKey two) = (UpdateKey.Create(), UpdateKey.Create());

        Assert.NotEqual(one.PublicKey, two.PublicKey);
        Assert.Equal((112, 0u), (one.PublicKey.Length, one.Next));
    }

    private static ParseStatus Check(byte[] message, byte[] signature)
    {
        LmsCheck check = new(Convert.FromHexString(s_key.PublicKey), message, signature);
        ParseStatus status;
        do
        {
            status = check.Step();
        }
        while (status == ParseStatus.NeedMore);

        return status;
    }
}
