namespace MicroFirmware.TimeSeries.Tests;

public sealed class RollUpTests : IDisposable
{
    private const int HourMinutes = 60;
    private const int DayMinutes = 24 * HourMinutes;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Work_of_days_is_exactly_the_work_of_their_minutes()
    {
        // Beyond 64 bits: a fleet that could overflow a day would do so quietly.
        Int128 large = (Int128)ulong.MaxValue * 3;
        Random random = new(11);
        Int128[] days = new Int128[3];
        using SeriesStore store = TestMetrics.Open(_directory.File("series.db"));
        for (int minute = 0; minute < 3 * DayMinutes; minute += random.Next(1, 20))
        {
            Int128 work = random.NextInt64() + (minute % 100 == 0 ? large : 0);
            days[minute / DayMinutes] += work;
            store.Append(minute, 40, work);
        }

        Assert.Equal(days, Sums(store.Read(40, TestMetrics.Work, 0, 3 * DayMinutes, 3)));
        Assert.All([3, 7, 72, 500, 4_320], points => Assert.Equal(days[0] + days[1] + days[2],
            store.Read(40, TestMetrics.Work, 0, 3 * DayMinutes, points).Total.Sum));
    }

    [Fact]
    public void A_gauge_keeps_mean_least_and_greatest()
    {
        using SeriesStore store = TestMetrics.Open(_directory.File("series.db"));
        for (int minute = 0; minute < 2 * HourMinutes; minute++)
        {
            store.Append(minute, 1, 0, minute);
        }

        SeriesChart chart = store.Read(1, TestMetrics.Temperature, 0, 2 * HourMinutes, 2);

        Assert.Equal(TimeSpan.FromHours(1), chart.Step);
        Assert.Equal(
            [new Aggregate(60, 59 * 30, 0, 59), new Aggregate(60, (60 + 119) * 30, 60, 119)], chart.Points);
        Assert.Equal(29.5, chart.Points[0].Mean);
    }

    [Fact]
    public void Time_without_points_is_a_gap_in_every_resolution()
    {
        using SeriesStore store = TestMetrics.Open(_directory.File("series.db"));
        store.Append(0, 1, 5);
        store.Append(3 * DayMinutes, 1, 0);
        store.Append((3 * DayMinutes) + HourMinutes, 1, 7);

        SeriesChart days = store.Read(1, TestMetrics.Work, 0, 4 * DayMinutes, 4);
        SeriesChart hours = store.Read(1, TestMetrics.Work, 0, 4 * DayMinutes, 96);

        Assert.Equal([false, true, true, false], days.Points.Select(point => point.IsGap));
        Assert.Equal([0, 72, 73], NotGaps(hours));

        // An hour in which nothing was found is no gap.
        Assert.Equal(0, hours.Points[72].Sum);
    }

    [Fact]
    public void Subjects_are_kept_apart_and_an_unknown_one_is_all_gap()
    {
        using SeriesStore store = TestMetrics.Open(_directory.File("series.db"));
        for (int minute = 0; minute < 130; minute++)
        {
            SeriesFrame frame = store.NewFrame(TestMetrics.Start.AddMinutes(minute));
            for (int subject = 100; subject >= 0; subject -= 3)
            {
                frame.Add(subject, TestMetrics.Work, subject);
            }

            store.Append(frame);
        }

        Assert.All(Enumerable.Range(0, 120), subject => Assert.Equal(
            subject <= 100 && subject % 3 == 1 ? subject * 130 : 0,
            store.Read(subject, TestMetrics.Work, 0, 130, 200).Total.Sum));
        Assert.Equal(0, store.Read(2, TestMetrics.Work, 0, 130, 200).Total.Count);
    }

    [Fact]
    public void The_newest_bar_of_days_holds_today_up_to_the_last_minute()
    {
        using SeriesStore store = TestMetrics.Open(_directory.File("series.db"));
        int last = DayMinutes + (5 * HourMinutes) + 7;
        for (int minute = 2; minute <= last; minute += 5)
        {
            store.Append(minute, 1, 1);
        }

        SeriesChart days = store.Read(1, TestMetrics.Work, 0, 2 * DayMinutes, 2);

        Assert.Equal([DayMinutes / 5, (5 * HourMinutes / 5) + 2], days.Points.Select(point => point.Count));
    }

    private static Int128[] Sums(SeriesChart chart) => [.. chart.Points.Select(point => point.Sum)];

    private static int[] NotGaps(SeriesChart chart) =>
        [.. Enumerable.Range(0, chart.Points.Count).Where(i => !chart.Points[i].IsGap)];
}
