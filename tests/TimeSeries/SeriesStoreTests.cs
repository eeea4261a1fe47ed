using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries.Tests;

public sealed class SeriesStoreTests : IDisposable
{
    private const int DayMinutes = 1_440;
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.File("series.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0, 60, 100, 60)]
    [InlineData(0, 60, 60, 60)]
    [InlineData(0, 60, 59, 120)]
    [InlineData(0, DayMinutes, 300, 300)]
    [InlineData(0, DayMinutes, 24, 3_600)]
    [InlineData(30, 90, 1, 7_200)]
    [InlineData(0, 90 * DayMinutes, 100, 86_400)]
    [InlineData(0, 2_000 * DayMinutes, 2, 19_353_600L * 8)]
    public void A_chart_has_the_finest_step_that_gives_no_more_points_than_wanted(
        int from, int to, int points, long step)
    {
        using SeriesStore store = TestMetrics.Open(Path);
        SeriesChart chart = store.Read(0, TestMetrics.Work, from, to, points);

        Assert.Equal(step, (long)chart.Step.TotalSeconds);
        Assert.InRange(chart.Points.Count, 1, points);
        Assert.True(chart.From <= TestMetrics.Start.AddMinutes(from));
        Assert.True(chart.TimeOf(chart.Points.Count) >= TestMetrics.Start.AddMinutes(to));
    }

    [Fact]
    public void Minutes_that_are_forgotten_are_drawn_by_hours_and_those_by_days()
    {
        SeriesRetention retention = new(TimeSpan.FromHours(2), TimeSpan.FromDays(2), TimeSpan.FromDays(64));
        using SeriesStore store = TestMetrics.Open(Path, retention);
        for (int minute = 0; minute < 6 * DayMinutes; minute += 30)
        {
            store.Append(minute, 1, 1);
        }

        // By the last minute: minutes of two hours and the open one, hours of two days and the open one.
        Assert.Equal(60, Step(5 * DayMinutes + 1_300, 60));
        Assert.Equal(3_600, Step(4 * DayMinutes, 60));
        Assert.Equal(86_400, Step(0, 60));
        Assert.Equal(6 * DayMinutes / 30, store.Read(1, TestMetrics.Work, 0, 6 * DayMinutes, 1_000).Total.Sum);

        double Step(int from, int minutes) =>
            store.Read(1, TestMetrics.Work, from, from + minutes, 100).Step.TotalSeconds;
    }

    [Fact]
    public void A_file_that_has_reached_its_age_grows_no_more()
    {
        SeriesRetention retention = new(TimeSpan.FromHours(2), TimeSpan.FromDays(1), TimeSpan.FromDays(32));
        using SeriesStore store = TestMetrics.Open(Path, retention);
        List<long> rows = [];
        for (int day = 0; day < 160; day++)
        {
            for (int hour = 0; hour < 24; hour += 8)
            {
                store.Append((day * DayMinutes) + (hour * 60), 1, 1);
            }

            using Database file = Database.Open(Path);
            rows.Add(file.Scalar("SELECT count(*) FROM blocks") + file.Scalar("SELECT count(*) FROM open_points"));
        }

        Assert.Equal(rows[64..96].Max(), rows[128..160].Max());
    }

    [Fact]
    public void A_minute_in_two_parts_is_one_minute()
    {
        using (SeriesStore store = TestMetrics.Open(Path))
        {
            store.Append(0, 1, 5, 40);
        }

        using SeriesStore again = TestMetrics.Open(Path);
        again.Append(0, 1, 6, 50);
        again.Append(1, 1, 1);

        Assert.Equal(new Aggregate(1, 11, 0, 0), again.Read(1, TestMetrics.Work, 0, 1, 1).Points[0]);
        Assert.Equal(new Aggregate(1, 50, 50, 50), again.Read(1, TestMetrics.Temperature, 0, 1, 1).Points[0]);
    }

    [Fact]
    public void Work_of_a_clock_that_was_set_back_is_booked_in_the_open_hour()
    {
        using SeriesStore store = TestMetrics.Open(Path);
        store.Append(59, 1, 1);
        store.Append(70, 1, 2);
        store.Append(30, 1, 4);
        store.Append(-DayMinutes, 1, 8);
        store.Append(65, 1, 16);

        SeriesChart hours = store.Read(1, TestMetrics.Work, 0, 120, 2);
        SeriesChart minutes = store.Read(1, TestMetrics.Work, 60, 120, 60);

        Assert.Equal([1, 30], hours.Points.Select(point => (int)point.Sum));
        Assert.Equal([(0, 12), (5, 16), (10, 2)], minutes.Points.Select((point, i) => (i, (int)point.Sum))
            .Where(point => point.Item2 > 0));
    }

    [Fact]
    public void A_file_taken_at_any_moment_holds_every_minute_that_was_acknowledged()
    {
        using SeriesStore store = TestMetrics.Open(Path);

        // Across the end of an hour and of a day, where much happens in one transaction.
        for (int minute = DayMinutes - 3; minute < DayMinutes + 63; minute++)
        {
            store.Append(minute, 1, 1);
            string copy = _directory.File($"copy-{minute}.db");
            File.Copy(Path, copy);
            File.Copy(Path + "-wal", copy + "-wal");
            using SeriesStore taken = TestMetrics.Open(copy);
            taken.Append(minute + 60, 1, 100);
            Assert.Equal(minute - DayMinutes + 4 + 100,
                (int)taken.Read(1, TestMetrics.Work, 0, 3 * DayMinutes, 3).Total.Sum);
        }
    }

    [Fact]
    public void A_minute_that_cannot_be_written_leaves_no_trace()
    {
        using SeriesStore store = TestMetrics.Open(Path);
        store.Append(59, 1, 1);
        using (Database other = Database.Open(Path))
        {
            other.Execute("BEGIN IMMEDIATE");
            Assert.Throws<StorageException>(() => store.Append(60, 1, 2));
            other.Execute("ROLLBACK");
        }

        using (Database other = Database.Open(Path))
        {
            // Closing the hour fails half-way.
            other.Execute("CREATE TRIGGER refuse BEFORE INSERT ON blocks BEGIN SELECT RAISE(FAIL, 'full'); END");
            Assert.Throws<StorageException>(() => store.Append(60, 1, 2));
            Assert.Equal(1, store.Read(1, TestMetrics.Work, 0, 120, 2).Total.Sum);
            other.Execute("DROP TRIGGER refuse");
        }

        store.Append(60, 1, 2);
        Assert.Equal([1, 2], store.Read(1, TestMetrics.Work, 0, 120, 2).Points.Select(point => (int)point.Sum));
    }

    [Fact]
    public void A_later_version_may_add_metrics_and_an_earlier_one_then_refuses_the_file()
    {
        Metric more = new(2, "rssi", MetricKind.Gauge);
        using (SeriesStore store = TestMetrics.Open(Path))
        {
            store.Append(0, 1, 5);
        }

        using (SeriesStore later = SeriesStore.Open(Path, [.. TestMetrics.All, more], SeriesRetention.Default))
        {
            SeriesFrame frame = later.NewFrame(TestMetrics.Start.AddMinutes(1));
            frame.Set(1, more, -70);
            later.Append(frame);
            later.Append(60, 1, 1);
            Assert.Equal(6, later.Read(1, TestMetrics.Work, 0, 120, 2).Total.Sum);
            Assert.Equal(-70, later.Read(1, more, 0, 120, 2).Points[0].Min);
        }

        Assert.Contains("newer", Assert.Throws<InvalidDataException>(() => TestMetrics.Open(Path)).Message);
    }

    [Fact]
    public void A_metric_that_means_something_else_is_refused()
    {
        TestMetrics.Open(Path).Dispose();
        Metric[] changed = [new(0, "work", MetricKind.Gauge), TestMetrics.Temperature];

        Assert.Throws<InvalidDataException>(() => SeriesStore.Open(Path, changed, SeriesRetention.Default));
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_a_fault_of_the_caller()
    {
        using SeriesStore store = TestMetrics.Open(Path);
        SeriesFrame frame = store.NewFrame(TestMetrics.Start);

        Assert.Throws<ArgumentException>(() => frame.Set(1, TestMetrics.Work, 1));
        Assert.Throws<ArgumentException>(() => frame.Add(1, TestMetrics.Temperature, 1));
        Assert.Throws<ArgumentException>(() => frame.Add(1, new Metric(0, "other", MetricKind.Sum), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Add(-1, TestMetrics.Work, 1));
    }
}
