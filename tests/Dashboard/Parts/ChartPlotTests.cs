using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Tests.Parts;

public class ChartPlotTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 9, 50, 0, TimeSpan.Zero);

    [Fact]
    public void Gap_is_a_gap_and_a_point_between_two_is_a_dot()
    {
        ChartLine line = Line(0, 100, null, 50, null);
        ChartPlot plot = new([line]);

        Assert.Equal("M0 200h0L250 0M750 100h0", plot.PathOf(line));
        Assert.Equal("M0 200L0 200L250 0L250 200ZM750 200L750 100L750 200Z", plot.AreaOf(line));
    }

    [Fact]
    public void All_of_the_time_is_drawn_and_not_only_what_is_known()
    {
        ChartPlot plot = new([Line(null, null, null, 1, null)]);

        Assert.False(plot.IsEmpty);
        Assert.Equal((s_start, s_start.AddHours(4)), (plot.First, plot.Last));
    }

    [Fact]
    public void Nothing_known_is_nothing_to_draw() => Assert.True(new ChartPlot([Line(null, null)]).IsEmpty);

    [Theory]
    [InlineData(60, "09:50 10:00 10:10 10:20 10:30 10:40 10:50")]
    [InlineData(24 * 60, "12:00 16:00 20:00 2 Mar 04:00 08:00")]
    [InlineData(7 * 24 * 60, "2 Mar 4 Mar 6 Mar 8 Mar")]
    public void Time_is_marked_where_it_is_round(int minutes, string words)
    {
        ChartPlot plot = new([new ChartLine("one", [(s_start, 1), (s_start.AddMinutes(minutes), 1)])]);

        Assert.Equal(words, string.Join(' ', plot.TimeTicks.Select(tick => tick.Word)));
    }

    [Fact]
    public void Table_is_short_and_ends_with_the_latest()
    {
        ChartPlot plot = new([Line([.. Enumerable.Range(0, 180).Select(i => (double?)i)])]);

        Assert.InRange(plot.Times.Count, 20, 30);
        Assert.Equal(plot.Last, plot.Times[^1]);
    }

    [Theory]
    [InlineData(1_234, "1.23 kH/s")]
    [InlineData(0, "0 H/s")]
    public void Rate_is_written_with_its_prefix(double value, string text) =>
        Assert.Equal(text, ChartUnit.HashRate.Text(value));

    [Fact]
    public void Signal_is_written_as_it_is_said() => Assert.Equal("-67 dBm", ChartUnit.Dbm.Text(33));

    private static ChartLine Line(params double?[] values) =>
        new("one", [.. values.Select((value, i) => (s_start.AddHours(i), value))]);
}
