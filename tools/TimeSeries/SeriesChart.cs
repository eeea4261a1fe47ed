namespace MicroFirmware.TimeSeries;

/// <summary>A metric of a subject over time, as many points as were asked for at most.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="From">Start of the first point: at or before the time asked for.</param>
/// <param name="Step">From one point to the next; whole minutes, aligned to UTC.</param>
/// <param name="Points">The points, one each step; where nothing was measured a gap.</param>
public sealed record SeriesChart(
    Metric Metric, DateTimeOffset From, TimeSpan Step, IReadOnlyList<Aggregate> Points)
{
    /// <summary>All points as one: of a sum the exact amount in all of the time.</summary>
    public Aggregate Total => Points.Aggregate(default(Aggregate), (all, point) => all.With(point));

    /// <summary>When a point starts.</summary>
    public DateTimeOffset TimeOf(int point) => From + (Step * point);
}
