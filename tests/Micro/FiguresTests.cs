namespace MicroFirmware.Micro.Tests;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0.00 H/s")]
    [InlineData(199.6, "200 H/s")]
    [InlineData(999.4, "999 H/s")]
    [InlineData(999.6, "1.00 kH/s")]
    [InlineData(12_345, "12.3 kH/s")]
    [InlineData(99_960, "100 kH/s")]
    [InlineData(1_234_567, "1.23 MH/s")]
    [InlineData(2.5e12, "2.50 TH/s")]
    [InlineData(2.5e16, "25000 TH/s")]
    public void Hash_rates_have_three_digits_and_a_unit(double hashesPerSecond, string text) =>
        Assert.Equal(text, Figures.HashRate(hashesPerSecond));

    [Theory]
    [InlineData(0, "-")]
    [InlineData(0.00132, "0.00132")]
    [InlineData(4.1e-7, "4.1e-07")]
    [InlineData(12.34, "12.3")]
    public void Difficulties_have_three_digits(double difficulty, string text) =>
        Assert.Equal(text, Figures.Difficulty(difficulty));
}
