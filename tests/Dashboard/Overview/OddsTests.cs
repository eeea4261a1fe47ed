using MicroFirmware.Dashboard.Overview;

namespace MicroFirmware.Dashboard.Tests.Overview;

public class OddsTests
{
    private const double Year = 365.2425 * 86_400;

    [Theory]
    [InlineData(0, "not while nothing is proven")]
    [InlineData(double.PositiveInfinity, "not while nothing is proven")]
    [InlineData(0.2, "about every second")]
    [InlineData(4, "about every 4 seconds")]
    [InlineData(89, "about every 89 seconds")]
    [InlineData(150, "about every 2.5 minutes")]
    [InlineData(5 * 3600, "about every 5 hours")]
    [InlineData(10 * 86_400, "about every 10 days")]
    [InlineData(Year * 1.1, "about once in a year")]
    [InlineData(Year * 58.2, "about once in 58 years")]
    [InlineData(Year * 5_830, "about once in 5,800 years")]
    [InlineData(Year * 58_300, "about once in 58 thousand years")]
    [InlineData(Year * 3e6, "about once in 3 million years")]
    [InlineData(Year * 58e9, "about once in 4.2 times the age of the universe")]
    public void Mean_time_reads_as_people_say_it(double seconds, string text) =>
        Assert.Equal(text, Odds.Text(seconds));

    [Theory]
    [InlineData(0, "nothing yet")]
    [InlineData(0.5, "50 %")]
    [InlineData(1.7, "100 %")]
    [InlineData(0.00123, "0.12 %")]
    [InlineData(1 / 3.2e15, "1 part in 3.2 quadrillion")]
    [InlineData(1 / 2.5e6, "1 part in 2.5 million")]
    public void Part_of_the_network_reads_as_people_say_it(double part, string text) =>
        Assert.Equal(text, Odds.Share(part));

    [Theory]
    [InlineData(4, null)]
    [InlineData(double.PositiveInfinity, null)]
    [InlineData(Year * 3e6, "1 in 1.1 billion on any one day")]
    public void Chance_of_a_day_is_said_where_it_is_a_lottery(double seconds, string? text) =>
        Assert.Equal(text, Odds.OfDay(seconds));

    /// <summary>The figure in README: 350 kH/s at a difficulty of 150 T.</summary>
    [Fact]
    public void One_board_on_the_main_chain_waits_longer_than_anybody_will() =>
        Assert.Equal("about once in 4.2 times the age of the universe",
            Odds.Text(150e12 * 4_295_032_833.0 / 350_000));
}
