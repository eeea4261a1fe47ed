using System.Numerics;
using MicroFirmware.Dashboard.Overview;

namespace MicroFirmware.Dashboard.Tests.Overview;

public class MoneyTextTests
{
    [Theory]
    [InlineData("0", "0 msat")]
    [InlineData("14700000000", "0.0147 msat")]
    [InlineData("1470", "1.5 × 10⁻⁹ msat")]
    [InlineData("2500000000000", "2.50 msat")]
    [InlineData("2500000000000000", "2.50 sat")]
    [InlineData("312500000000000000000000", "312,500,000 sat")]
    public void Amount_reads_as_people_write_it(string picoMsat, string text) =>
        Assert.Equal(text, MoneyText.OfPicoMsat(BigInteger.Parse(picoMsat)).ToString());

    [Theory]
    [InlineData(400_000_000, 1_000, "it costs about 400,000 times what it earns")]
    [InlineData(1_000, 2_500, "it earns about 2.5 times what it costs")]
    [InlineData(1_000, 1_100, "about as much as it earns")]
    [InlineData(1_000, 0, "it earns nothing")]
    public void Cost_stands_beside_what_is_earned(long cost, long earned, string text) =>
        Assert.Equal(text, MoneyText.Compare(cost, earned));
}
