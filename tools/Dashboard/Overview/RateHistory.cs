using System.Collections.Concurrent;
using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Series;
using MicroFirmware.Storage;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>The fleet's hash rate over time, proven and claimed. Points come once a minute, so it is read a few times a
/// minute, however many pages are open. Safe for use by many threads.</summary>
internal sealed class RateHistory(SeriesDesk series, TimeProvider time)
{
    private const int MostPoints = 180;
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<RateSpan, (DateTimeOffset Taken, Look Look)> _looks = new();

    /// <summary>The rate over a time; null while the file of the time series cannot be read.</summary>
    public Look? Take(RateSpan span)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_looks.TryGetValue(span, out var last) && now - last.Taken < s_life && now >= last.Taken)
        {
            return last.Look;
        }

        try
        {
            Look look = Read(span);
            _looks[span] = (now, look);
            return look;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private Look Read(RateSpan span)
    {
        SeriesChart work = series.Fleet(FleetMetrics.Work, span.Length, MostPoints);
        SeriesChart claimed = series.Fleet(FleetMetrics.ClaimedRate, span.Length, MostPoints);
        SeriesChart accepted = series.Fleet(FleetMetrics.Accepted, span.Length, MostPoints);
        Aggregate total = work.Total;
        return new Look(
            total.IsGap ? null : total.PerSecond,
            claimed.Total.IsGap ? null : claimed.Total.Mean,
            (long)accepted.Total.Sum,
            TimeSpan.FromMinutes(total.Count),
            [Line("proven", work, point => point.PerSecond), Line("claimed", claimed, point => point.Mean)]);
    }

    private static ChartLine Line(string name, SeriesChart chart, Func<Aggregate, double> value) => new(name,
        [.. chart.Points.Select((point, i) => (chart.TimeOf(i), point.IsGap ? (double?)null : value(point)))]);

    /// <summary>The rate over a time.</summary>
    /// <param name="Proven">Hashes a second that shares prove in the time there is; null for none yet.</param>
    /// <param name="Claimed">What boards said themselves, on average; null where none did.</param>
    /// <param name="Shares">How many shares prove it.</param>
    /// <param name="Covered">How much of the time there are points of.</param>
    /// <param name="Lines">Both, drawn.</param>
    public sealed record Look(
        double? Proven, double? Claimed, long Shares, TimeSpan Covered, IReadOnlyList<ChartLine> Lines);
}
