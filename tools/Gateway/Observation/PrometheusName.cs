using System.Text.RegularExpressions;

namespace MicroFirmware.Gateway.Observation;

/// <summary>
/// Names as Prometheus has them (OpenTelemetry's "Prometheus and OpenMetrics Compatibility"): letters, digits and
/// underscores, then the unit as a word, then <c>total</c> for what only grows.
/// </summary>
internal static partial class PrometheusName
{
    private static readonly Dictionary<string, string> s_units = new()
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
    };

    /// <summary>The name of a figure.</summary>
    /// <param name="instrument">Its name, with dots.</param>
    /// <param name="unit">Its unit in UCUM; what stands in braces is no unit but a remark.</param>
    /// <param name="isTotal">Whether it only grows.</param>
    public static string Of(string instrument, string unit, bool isTotal)
    {
        string name = OfLabel(instrument);
        string[] parts = Remark().Replace(unit, "").Split('/');
        name = With(name, s_units.GetValueOrDefault(parts[0], ""));
        name = With(name, parts.Length > 1 && s_units.TryGetValue(parts[1], out string? per) ? "per_" + per[..^1] : "");
        return With(name, isTotal ? "total" : "");
    }

    /// <summary>The name of a label.</summary>
    public static string OfLabel(string key)
    {
        string name = Other().Replace(key, "_");
        return char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static string With(string name, string word) =>
        word.Length == 0 || name.EndsWith("_" + word, StringComparison.Ordinal) ? name : $"{name}_{word}";

    [GeneratedRegex("[^a-zA-Z0-9_]+")]
    private static partial Regex Other();

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Remark();
}
