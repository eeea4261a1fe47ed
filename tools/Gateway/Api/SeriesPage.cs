using System.Globalization;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Api;

/// <summary>A figure over time.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="From">When the first point starts.</param>
/// <param name="StepSeconds">From one point to the next.</param>
/// <param name="Points">The points; null where nothing was measured, which is not zero.</param>
internal sealed record SeriesPage(
    string Metric, DateTimeOffset From, double StepSeconds, IReadOnlyList<SeriesPage.Point?> Points)
{
    public static SeriesPage Of(SeriesChart chart) => new(chart.Metric.Name, chart.From, chart.Step.TotalSeconds,
        [.. chart.Points.Select(point => Point.Of(point, chart.Metric.Kind))]);

    /// <summary>What is known of one step.</summary>
    /// <param name="Minutes">Minutes in which something was measured.</param>
    /// <param name="Sum">Of what is counted, the exact amount, as digits; null for a reading.</param>
    /// <param name="Mean">Of a reading, the mean; null for what is counted.</param>
    /// <param name="Min">Of a reading, the least.</param>
    /// <param name="Max">Of a reading, the greatest.</param>
    internal sealed record Point(int Minutes, string? Sum, double? Mean, long? Min, long? Max)
    {
        public static Point? Of(in Aggregate point, MetricKind kind) => point.IsGap ? null
            : kind == MetricKind.Sum
                ? new Point(point.Count, point.Sum.ToString(CultureInfo.InvariantCulture), null, null, null)
                : new Point(point.Count, null, point.Mean, point.Min, point.Max);
    }
}
