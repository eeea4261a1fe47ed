using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Tests;

public class QuantityTests
{
    [Theory]
    [InlineData(0, "0 H/s")]
    [InlineData(0.05, "0.05 H/s")]
    [InlineData(999.4, "999 H/s")]
    [InlineData(999.5, "1.00 kH/s")]
    [InlineData(12_345, "12.3 kH/s")]
    [InlineData(253_400, "253 kH/s")]
    [InlineData(1.07e21, "1.07 ZH/s")]
    public void Hash_rate_has_three_digits_and_a_prefix(double rate, string text) =>
        Assert.Equal(text, Quantity.HashRate(rate).ToString());

    [Theory]
    [InlineData(0.00000033, "3.3e-7")]
    [InlineData(0.0003321, "0.000332")]
    [InlineData(0.00967, "0.00967")]
    [InlineData(1, "1.00")]
    [InlineData(150e12, "150 T")]
    public void Difficulty_is_shown_as_it_is_below_one(double difficulty, string text) =>
        Assert.Equal(text, Quantity.Difficulty(difficulty).ToString());

    [Theory]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_600 * 47, "47 h")]
    [InlineData(86_400 * 2, "2 d")]
    public void Span_is_in_the_largest_whole_unit(double seconds, string text) =>
        Assert.Equal(text, Quantity.Span(TimeSpan.FromSeconds(seconds)).ToString());

    [Fact]
    public void What_is_not_known_is_no_zero() => Assert.Equal("–", Quantity.HashRate(null).ToString());
}
