using MicroFirmware.Dashboard.Overview;

namespace MicroFirmware.Dashboard.Tests.Overview;

public class RateDoubtTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "± 100 %")]
    [InlineData(40, "± 16 %")]
    [InlineData(400, "± 5 %")]
    [InlineData(10_000, "± 1 %")]
    [InlineData(100_000, "")]
    public void Doubt_is_said_while_it_is_large(long shares, string text) => Assert.Equal(text, RateDoubt.Of(shares));

    [Theory]
    [InlineData(500, 100, 1, "± 10 % · claimed 1.00 kH/s|too few shares to compare|1 min on record")]
    [InlineData(500, 9, 5, "± 33 % · claimed 1.00 kH/s|too few shares to compare|5 min on record")]
    [InlineData(500, 1000, 5, "± 3 % · claimed 1.00 kH/s|the two do not agree|5 min on record")]
    [InlineData(500, 10, 5, "± 32 % · claimed 1.00 kH/s|5 min on record")]
    [InlineData(990, 1000, 60, "± 3 % · claimed 1.00 kH/s")]
    [InlineData(0, 0, 60, "claimed 1.00 kH/s|the two do not agree")]
    public void Rates_disagree_only_where_shares_can_tell(double proven, long shares, int minutes, string text) =>
        Assert.Equal(text.Split('|'), Lines(RateSpan.Of("1h"), Look(proven, 1000, shares, minutes), null));

    [Fact]
    public void Longer_time_of_which_no_more_is_on_record_says_so_and_nothing_twice() =>
        Assert.Equal(["the same 5 min on record"],
            Lines(RateSpan.Of("24h"), Look(500, 1000, 100, 5), Look(500, 1000, 100, 5)));

    [Fact]
    public void Counter_that_stands_at_zero_is_no_claim() => Assert.Equal(
        ["± 10 % · no board has said a rate", "1 min on record"],
        Lines(RateSpan.Of("1h"), Look(500, 0, 100, 1), null));

    [Fact]
    public void Time_without_a_point_says_that_there_is_nothing() =>
        Assert.Equal(["nothing yet"], Lines(RateSpan.Of("90d"), Look(null, null, 0, 0), null));

    private static RateHistory.Look Look(double? proven, double? claimed, long shares, int minutes) =>
        new(proven, claimed, shares, TimeSpan.FromMinutes(minutes), []);

    private static IEnumerable<string> Lines(RateSpan span, RateHistory.Look look, RateHistory.Look? shorter) =>
        RateDoubt.Notes(span, look, shorter).Select(note => note.Text);
}
