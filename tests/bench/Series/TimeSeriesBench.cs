using System.Diagnostics;
using MicroFirmware.Gateway.Series;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Bench.Series;

/// <summary>
/// 10,000 boards for 90 days: what they take on the disk, what a minute costs, and how long a chart takes. The last two
/// days go through the store minute by minute; the 88 before come as hours, rolled up and closed as theirs would be.
/// </summary>
public sealed class TimeSeriesBench : IBench
{
    private const int DefaultBoards = 10_000;
    private const int HourDays = 88;
    private const int DayMinutes = 1_440;

    // Nearly a whole day and hour are open at the end: charts have the most to put together then.
    private const int Minutes = (2 * DayMinutes) - 1;
    private const int Charts = 2_000;
    private const double Megabyte = 1e6;

    private static readonly DateTimeOffset s_start = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (TimeSpan Span, int Points)[] s_views =
    [
        (TimeSpan.FromHours(1), 60), (TimeSpan.FromDays(1), 300), (TimeSpan.FromDays(2), 2_880),
        (TimeSpan.FromDays(7), 300), (TimeSpan.FromDays(90), 300), (TimeSpan.FromDays(90), 2_200),
    ];

    public string Name => "timeseries";

    public string Description => "10,000 boards for 90 days: size, octets written a minute, time of a chart";

    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        int boards = args.Length > 0 ? int.Parse(args[0]) : DefaultBoards;
        string directory = Directory.CreateTempSubdirectory("timeseries-").FullName;
        string path = Path.Combine(directory, "series.db");
        try
        {
            (double perMinute, double busy) = Fill(path, boards);
            double size = Directory.GetFiles(directory).Sum(file => new FileInfo(file).Length) / Megabyte;
            double[] charts = Draw(path, boards);
            return Task.FromResult<IReadOnlyList<Figure>>(
            [
                new Figure($"{Name}.size", size, "MB"),
                new Figure($"{Name}.written-per-minute", perMinute, "KB"),
                new Figure($"{Name}.minute", busy, "ms"),
                new Figure($"{Name}.chart.p50", charts[charts.Length / 2], "ms"),
                new Figure($"{Name}.chart.p99", charts[charts.Length * 99 / 100], "ms"),
                new Figure($"{Name}.chart.worst", charts[^1], "ms"),
            ]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static (double KilobytesPerMinute, double MsPerMinute) Fill(string path, int boards)
    {
        BoardWeather weather = new(new Random(1));
        using SeriesStore store = SeriesStore.Open(path, FleetMetrics.All, SeriesRetention.Default);
        long start = Stopwatch.GetTimestamp();
        for (int hour = 0; hour < HourDays * 24; hour++)
        {
            store.Writer.Append(Tier.All[1], s_start.AddHours(hour).ToUnixTimeSeconds(), Hour(weather, boards));
        }

        Console.WriteLine($"  {HourDays} days of hours in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        long before = WrittenOctets();
        TimeSpan busy = TimeSpan.Zero;
        TimeSpan worst = TimeSpan.Zero;
        for (int minute = 0; minute < Minutes; minute++)
        {
            SeriesFrame frame = store.NewFrame(s_start.AddDays(HourDays).AddMinutes(minute));
            for (int board = 0; board <= boards; board++)
            {
                weather.AddMinute(frame, board);
            }

            long began = Stopwatch.GetTimestamp();
            store.Append(frame);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            busy += took;
            worst = took > worst ? took : worst;
        }

        Console.WriteLine($"  {Minutes} minutes; the longest, which closes a day, took {worst.TotalMilliseconds:0} ms");
        return ((WrittenOctets() - before) / 1e3 / Minutes, busy.TotalMilliseconds / Minutes);
    }

    private static Dictionary<int, Segment> Hour(BoardWeather weather, int boards)
    {
        Dictionary<int, Segment> chunks = [];
        for (int board = 0; board <= boards; board++)
        {
            int chunk = board / Segment.Subjects;
            if (!chunks.TryGetValue(chunk, out Segment? segment))
            {
                chunks.Add(chunk, segment = new Segment(FleetMetrics.All.Count, 1));
            }

            weather.AddHour(segment, board % Segment.Subjects, board);
        }

        return chunks;
    }

    private static double[] Draw(string path, int boards)
    {
        Random random = new(2);
        DateTimeOffset now = s_start.AddDays(HourDays).AddMinutes(Minutes);
        using SeriesStore store = SeriesStore.Open(path, FleetMetrics.All, SeriesRetention.Default);
        double[] times = new double[Charts];
        for (int i = 0; i < Charts; i++)
        {
            (TimeSpan span, int points) = s_views[i % s_views.Length];
            Metric metric = FleetMetrics.All[random.Next(FleetMetrics.Connected.Id)];
            long began = Stopwatch.GetTimestamp();
            SeriesChart chart = store.Read(random.Next(boards + 1), metric, now - span, now, points);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (chart.Total.IsGap)
            {
                throw new InvalidOperationException($"A chart of {span} is empty.");
            }
        }

        for (int view = 0; view < s_views.Length; view++)
        {
            double[] own = [.. times.Where((_, i) => i % s_views.Length == view).Order()];
            Console.WriteLine($"  {s_views[view].Span.TotalHours,5} h in {s_views[view].Points,4} points: "
                + $"{own[own.Length / 2]:0.0} ms, worst {own[^1]:0.0} ms");
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>What this process made the disk write, in octets; 0 where the system does not say.</summary>
    private static long WrittenOctets() => !OperatingSystem.IsLinux() ? 0 : File.ReadLines("/proc/self/io")
        .Where(line => line.StartsWith("write_bytes:", StringComparison.Ordinal))
        .Select(line => long.Parse(line["write_bytes:".Length..])).FirstOrDefault();
}
