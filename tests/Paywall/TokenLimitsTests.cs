using MicroFirmware.Paywall.Tokens;

namespace MicroFirmware.Paywall.Tests;

public class TokenLimitsTests
{
    private static readonly Macaroon s_bare = Macaroon.Create(new byte[32], "here", [1]);
    private static readonly Macaroon s_made = TokenLimits.Write(s_bare, 50, "/articles/", 1_900_000_000, 10);

    [Theory]
    [InlineData("path=/articles/1")]
    [InlineData("path=/articles/drafts/")]
    [InlineData("expires=1800000000")]
    [InlineData("count=3")]
    [InlineData("count=10")]
    [InlineData("msat=20")]
    public void Caveat_that_tightens_counts(string caveat)
    {
        Assert.True(TokenLimits.TryRead(s_made.With(caveat), out TokenLimits? limits));
        string[] written = [$"path={limits!.Path}", $"expires={limits.ExpiresUnixSeconds}", $"count={limits.Count}",
            $"msat={limits.Msat}"];
        Assert.Contains(caveat, written);
        Assert.Equal((50, 1_900_000_000), (limits.MintedMsat, limits.MintedExpiresUnixSeconds));
    }

    [Theory]
    [InlineData("path=/")]
    [InlineData("path=/articles")]
    [InlineData("path=/other/1")]
    [InlineData("path=articles/1")]
    [InlineData("path=")]
    [InlineData("expires=1900000001")]
    [InlineData("expires=never")]
    [InlineData("count=11")]
    [InlineData("count=-1")]
    [InlineData("count= 1")]
    [InlineData("count=99999999999999999999")]
    [InlineData("msat=51")]
    public void Caveat_that_loosens_or_cannot_be_read_spoils_the_token(string caveat) =>
        Assert.False(TokenLimits.TryRead(s_made.With(caveat), out _));

    [Theory]
    [InlineData("services=content:0")]
    [InlineData("Count=1")]
    [InlineData("no equals sign")]
    [InlineData("")]
    public void Caveat_that_nobody_knows_is_passed_over(string caveat)
    {
        Assert.True(TokenLimits.TryRead(s_made, out TokenLimits? before));
        Assert.True(TokenLimits.TryRead(s_made.With(caveat), out TokenLimits? after));
        Assert.Equal(before, after);
    }

    [Fact]
    public void Token_without_a_price_path_or_end_is_refused()
    {
        Assert.False(TokenLimits.TryRead(s_bare, out _));
        Assert.False(TokenLimits.TryRead(s_bare.With("msat=1").With("path=/"), out _));
        Assert.True(TokenLimits.TryRead(s_bare.With("msat=1").With("path=/").With("expires=1"), out _));
    }

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/a", "/A", false)]
    [InlineData("/a/", "/a", false)]
    [InlineData("/a/", "/a/b", true)]
    [InlineData("/", "/anything/at/all", true)]
    public void Path_covers_itself_and_with_a_slash_what_is_below(string outer, string path, bool covers) =>
        Assert.Equal(covers, TokenLimits.Covers(outer, path));
}
