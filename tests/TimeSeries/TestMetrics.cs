namespace MicroFirmware.TimeSeries.Tests;

/// <summary>A sum and a gauge, and a file with them.</summary>
internal static class TestMetrics
{
    public static Metric Work { get; } = new(0, "work", MetricKind.Sum);

    public static Metric Temperature { get; } = new(1, "temperature", MetricKind.Gauge);

    public static IReadOnlyList<Metric> All { get; } = [Work, Temperature];

    /// <summary>Midnight, UTC, and the start of a block of every tier: the tables of tests count from here.</summary>
    public static DateTimeOffset Start { get; } = DateTimeOffset.FromUnixTimeSeconds(32L * 86_400 * 640);

    public static SeriesStore Open(string path, SeriesRetention? retention = null) =>
        SeriesStore.Open(path, All, retention ?? SeriesRetention.Default);

    public static void Append(this SeriesStore store, int minute, int subject, Int128 work, long? temperature = null)
    {
        SeriesFrame frame = store.NewFrame(Start.AddMinutes(minute));
        frame.Add(subject, Work, work);
        if (temperature is { } degrees)
        {
            frame.Set(subject, Temperature, degrees);
        }

        store.Append(frame);
    }

    public static SeriesChart Read(this SeriesStore store, int subject, Metric metric, int from, int to, int points) =>
        store.Read(subject, metric, Start.AddMinutes(from), Start.AddMinutes(to), points);
}
