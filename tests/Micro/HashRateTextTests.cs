namespace MicroFirmware.Micro.Tests;

public class HashRateTextTests
{
    [Theory]
    [InlineData("200", 200)]
    [InlineData("350k", 350_000)]
    [InlineData("1.2M", 1_200_000)]
    [InlineData("1G", 1e9)]
    public void Hash_rates_are_read_as_people_type_them(string text, double hashesPerSecond)
    {
        Assert.True(HashRateText.TryParse(text, out double parsed));
        Assert.Equal(hashesPerSecond, parsed, 1e-6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("5T")]
    [InlineData("2000G")]
    [InlineData("1 k")]
    public void What_is_no_hash_rate_is_refused(string text) => Assert.False(HashRateText.TryParse(text, out _));
}
