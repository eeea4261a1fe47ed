using System.Globalization;
using System.Text.RegularExpressions;

namespace MicroFirmware.Gateway.Tests.Observation;

/// <summary>
/// Reads Prometheus' text format 0.0.4 as its documentation has it, strictly: what it would stumble over fails.
/// </summary>
internal sealed partial class PrometheusPage
{
    private static readonly string[] s_types = ["counter", "gauge", "histogram", "summary", "untyped"];
    private readonly Dictionary<string, double> _samples = [];

    private PrometheusPage()
    {
    }

    /// <summary>Types by name.</summary>
    public Dictionary<string, string> Types { get; } = [];

    /// <summary>Descriptions by name.</summary>
    public Dictionary<string, string> Help { get; } = [];

    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>The value of <c>name</c> or <c>name{label="value"}</c>, as it is written.</summary>
    public double this[string sample] => _samples.TryGetValue(sample, out double value)
        ? value
        : throw new KeyNotFoundException($"{sample} is not among:\n{string.Join('\n', _samples.Keys)}");

    public static PrometheusPage Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        PrometheusPage page = new();
        foreach (string line in text[..^1].Split('\n'))
        {
            page.ParseLine(line);
        }

        return page;
    }

    /// <summary>Each bucket holds those below it, and the last one all.</summary>
    public void AssertIsHistogram(string name)
    {
        Assert.Equal("histogram", Types[name]);
        double[] buckets = [.. _samples.Where(s => s.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
            .Select(s => s.Value)];
        Assert.True(buckets.Length > 2, $"{name} has {buckets.Length} buckets");
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(this[name + "_count"], buckets[^1]);
        Assert.Equal(buckets[^1], this[$"{name}_bucket{{le=\"+Inf\"}}"]);
        Assert.True(this[name + "_sum"] >= 0);
    }

    private void ParseLine(string line)
    {
        if (Comment().Match(line) is { Success: true } comment)
        {
            string name = comment.Groups["name"].Value, rest = comment.Groups["rest"].Value;
            bool isType = comment.Groups["kind"].Value == "TYPE";
            Assert.True((isType ? Types : Help).TryAdd(name, rest), $"twice: {line}");
            Assert.True(!isType || s_types.Contains(rest), line);
            return;
        }

        Match sample = Sample().Match(line);
        Assert.True(sample.Success, $"neither comment nor sample: {line}");
        string family = Types.ContainsKey(sample.Groups["name"].Value)
            ? sample.Groups["name"].Value
            : Suffix().Replace(sample.Groups["name"].Value, "");
        Assert.True(Types.ContainsKey(family), $"a sample without a type: {line}");
        bool isNew = _samples.TryAdd(sample.Groups["key"].Value, Number(sample.Groups["value"].Value));
        Assert.True(isNew, $"twice: {line}");
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("""^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$""")]
    private static partial Regex Comment();

    [GeneratedRegex("""
        ^(?<key>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))*\})?)
        \ (?<value>[^ ]+)$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
