using System.Globalization;

namespace MicroFirmware.Bench;

/// <summary>One measured figure, printed as <c>NAME value unit</c>.</summary>
/// <param name="Name">The benchmark's name, or that and a part after a dot.</param>
/// <param name="Value">The figure: a median where there were several runs.</param>
/// <param name="Unit">Its unit, without spaces: <c>shares/s</c>, <c>ms</c>, <c>bytes</c>.</param>
public sealed record Figure(string Name, double Value, string Unit)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:0.##} {Unit}");

    /// <summary>The median of some runs' figures.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
