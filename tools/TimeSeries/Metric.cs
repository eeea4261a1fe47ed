namespace MicroFirmware.TimeSeries;

/// <summary>Something that is measured, of one subject or of many.</summary>
/// <param name="Id">Its place in the store's list of metrics, from 0; it never means anything else in a file.</param>
/// <param name="Name">What it is called, in code's letters: <c>work</c>.</param>
/// <param name="Kind">How minutes become hours.</param>
public sealed record Metric(int Id, string Name, MetricKind Kind)
{
    /// <summary>How many a store can have.</summary>
    public const int MaxMetrics = 32;
}
