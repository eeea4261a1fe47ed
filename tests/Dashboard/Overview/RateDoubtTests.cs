using MicroFirmware.Dashboard.Overview;

namespace MicroFirmware.Dashboard.Tests.Overview;

public class RateDoubtTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "± 100 %")]
    [InlineData(40, "± 16 %")]
    [InlineData(400, "± 5 %")]
    [InlineData(401, "")]
    public void Doubt_is_said_while_it_is_large(long shares, string text) => Assert.Equal(text, RateDoubt.Of(shares));

    [Theory]
    [InlineData(500, 100, 1, "± 10 %, claimed 1.00 kH/s: too few shares to tell, in the 1 min there are")]
    [InlineData(500, 9, 5, "± 33 %, claimed 1.00 kH/s: too few shares to tell, in the 5 min there are")]
    [InlineData(500, 1000, 5, "claimed 1.00 kH/s: they do not agree, in the 5 min there are")]
    [InlineData(500, 10, 5, "± 32 %, claimed 1.00 kH/s, in the 5 min there are")]
    [InlineData(990, 1000, 60, "claimed 1.00 kH/s")]
    [InlineData(0, 0, 60, "claimed 1.00 kH/s: they do not agree")]
    public void Rates_disagree_only_where_shares_can_tell(double proven, long shares, int minutes, string text) =>
        Assert.Equal(text, RateDoubt.Note(RateSpan.Of("1h"),
            new RateHistory.Look(proven, 1000, shares, TimeSpan.FromMinutes(minutes), [])));
}
