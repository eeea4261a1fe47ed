namespace MicroFirmware.TimeSeries;

/// <summary>What is known of a metric in some time. The default value is a gap: nothing was measured.</summary>
/// <param name="Count">Minutes in which something was measured.</param>
/// <param name="Sum">Their values added up, exactly.</param>
/// <param name="Min">The least of a gauge's values; 0 of a sum.</param>
/// <param name="Max">The greatest of a gauge's values; 0 of a sum.</param>
public readonly record struct Aggregate(int Count, Int128 Sum, long Min, long Max)
{
    private const double SecondsPerMinute = 60;

    /// <summary>True where nothing was measured, which is not the same as 0.</summary>
    public bool IsGap => Count == 0;

    /// <summary>Mean of the minutes; NaN for a gap.</summary>
    public double Mean => Count == 0 ? double.NaN : (double)Sum / Count;

    /// <summary>Of a sum, the amount per second of the minutes in which it was measured; NaN for a gap. Work in
    /// expected hashes becomes hashes a second.</summary>
    public double PerSecond => Mean / SecondsPerMinute;

    /// <summary>Both together.</summary>
    public Aggregate With(in Aggregate other) => Count == 0 ? other : other.Count == 0 ? this : new Aggregate(
        Count + other.Count, Sum + other.Sum, Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    /// <summary>One minute's value.</summary>
    internal static Aggregate Of(MetricKind kind, Int128 value) =>
        kind == MetricKind.Sum ? new Aggregate(1, value, 0, 0) : new Aggregate(1, value, (long)value, (long)value);
}
