using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Tests.Trust;

public sealed class AccessCodeTests
{
    private const string Pin = "00112233445566778899";
    private static readonly string s_token = new('a', 64);

    [Fact]
    public void Code_is_read_as_it_is_shown()
    {
        Assert.True(AccessCode.TryParse($" {s_token}-{Pin}\n", out AccessCode? token));
        Assert.True(AccessCode.TryParse($"0123456789-{Pin}", out AccessCode? join));

        Assert.Equal((s_token, Pin, false), (token!.Secret, token.Pin, token.IsJoinCode));
        Assert.True(join!.IsJoinCode);
        Assert.Equal($"0123456789-{Pin}", join.Reveal());
    }

    [Fact]
    public void Code_as_text_keeps_the_secret()
    {
        Assert.True(AccessCode.TryParse($"{s_token}-{Pin}", out AccessCode? code));

        Assert.Equal($"***-{Pin}", code!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789")]
    [InlineData("0123456789-")]
    [InlineData("012345678-00112233445566778899")]
    [InlineData("012345678x-00112233445566778899")]
    [InlineData("012345678A-00112233445566778899")]
    [InlineData("0123456789-0011223344556677889")]
    [InlineData("0123456789-00112233445566778899-0")]
    public void Code_that_is_none_is_refused(string text) => Assert.False(AccessCode.TryParse(text, out _));
}
