namespace MicroFirmware.Dashboard.Parts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">In the order of time; null where nothing is known, which leaves a gap.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(DateTimeOffset At, double? Value)> Points)
{
    /// <summary>The last value that is known.</summary>
    public double? Last => Points.LastOrDefault(point => point.Value is not null).Value;

    /// <summary>The least value.</summary>
    public double? Least => Points.Min(point => point.Value);

    /// <summary>The greatest value.</summary>
    public double? Most => Points.Max(point => point.Value);

    /// <summary>The value at a point's own time.</summary>
    public double? At(DateTimeOffset at) => Points.FirstOrDefault(point => point.At == at).Value;
}
