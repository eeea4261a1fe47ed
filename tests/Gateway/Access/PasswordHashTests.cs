using System.Text;
using System.Security.Cryptography;
using MicroFirmware.Gateway.Access;

namespace MicroFirmware.Gateway.Tests.Access;

public sealed class PasswordHashTests : IDisposable
{
    private const int Few = 1_000;

    private readonly PasswordHash _passwords = new(Few);

    public void Dispose() => _passwords.Dispose();

    [Fact]
    public async Task Hash_knows_its_password_and_no_other()
    {
        string kept = (await _passwords.MakeAsync("four words are good"))!;

        Assert.True(await _passwords.IsRightAsync(kept, "four words are good"));
        Assert.False(await _passwords.IsRightAsync(kept, "four words are goof"));
        Assert.False(await _passwords.IsRightAsync(kept, ""));
        Assert.False(await _passwords.IsRightAsync(null, "four words are good"));
    }

    [Fact]
    public async Task Hash_of_the_same_password_differs_by_its_salt() => Assert.NotEqual(
        await _passwords.MakeAsync("four words are good"), await _passwords.MakeAsync("four words are good"));

    // RFC 7914 §11: PBKDF2-HMAC-SHA-256 (P="passwd", S="salt", c=1, dkLen=64), its first 32 octets.
    [Fact]
    public async Task Hash_is_pbkdf2_of_the_rfc()
    {
        string salt = Convert.ToBase64String(Encoding.ASCII.GetBytes("salt"));
        string hash = Convert.ToBase64String(Convert.FromHexString(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"));

        Assert.True(await _passwords.IsRightAsync($"pbkdf2-sha256$1${salt}${hash}", "passwd"));
    }

    [Fact]
    public async Task Hash_with_fewer_rounds_is_old_and_still_right()
    {
        using PasswordHash stronger = new(2 * Few);
        string kept = (await _passwords.MakeAsync("four words are good"))!;

        Assert.True(stronger.IsOld(kept));
        Assert.True(await stronger.IsRightAsync(kept, "four words are good"));
        Assert.False(_passwords.IsOld(kept));
    }

    [Theory]
    [InlineData("four words are good", true)]
    [InlineData("abcdefghij", true)]
    [InlineData("abcdefghi", false)]
    [InlineData("abababababab", false)]
    [InlineData("my name is maria", false)]
    [InlineData(null, false)]
    public void Password_is_long_varied_and_not_the_name(string? password, bool isGood) =>
        Assert.Equal(isGood, PasswordHash.IsGood(password, "Maria"));

    [Fact]
    public void Password_longer_than_the_most_is_none() =>
        Assert.False(PasswordHash.IsGood(RandomNumberGenerator.GetHexString(129), "maria"));
}
