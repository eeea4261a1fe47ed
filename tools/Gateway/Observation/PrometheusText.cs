using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MicroFirmware.Gateway.Observation;

/// <summary>
/// Figures in Prometheus' text exposition format, version 0.0.4:
/// <code>
/// # HELP gateway_shares_total Shares by verdict.
/// # TYPE gateway_shares_total counter
/// gateway_shares_total{verdict="Accepted"} 17
/// </code>
/// Not here: exemplars, exponential histograms, timestamps, labels for meter and resource.
/// </summary>
internal sealed class PrometheusText
{
    /// <summary>What the format calls itself.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Writes a figure with everything it is told apart by.</summary>
    public void Add(Metric metric)
    {
        if (TypeOf(metric.MetricType) is not { } type)
        {
            return;
        }

        string name = PrometheusName.Of(metric.Name, metric.Unit, isTotal: type == "counter");
        if (metric.Description.Length > 0)
        {
            string help = metric.Description.Replace(@"\", @"\\").Replace("\n", @"\n");
            _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            Add(name, metric.MetricType, point);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private void Add(string name, MetricType type, in MetricPoint point)
    {
        string labels = Labels(point.Tags);
        switch (type)
        {
            case MetricType.Histogram:
                AddHistogram(name, labels, point);
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Sample(name, labels, Text(point.GetSumLong()));
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Sample(name, labels, Text(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                Sample(name, labels, Text(point.GetGaugeLastValueLong()));
                break;
            default:
                Sample(name, labels, Text(point.GetGaugeLastValueDouble()));
                break;
        }
    }

    /// <summary>OpenTelemetry counts each bucket for itself, Prometheus with all below.</summary>
    private void AddHistogram(string name, string labels, in MetricPoint point)
    {
        string before = labels.Length > 0 ? labels + "," : "";
        long below = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Sample(name + "_bucket", $"{before}le=\"{Text(bucket.ExplicitBound)}\"", Text(below));
        }

        Sample(name + "_sum", labels, Text(point.GetHistogramSum()));
        Sample(name + "_count", labels, Text(point.GetHistogramCount()));
    }

    private void Sample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach ((string key, object? value) in tags)
        {
            string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length > 0 ? "," : "").Append(PrometheusName.OfLabel(key)).Append("=\"")
                .Append(text.Replace(@"\", @"\\").Replace("\"", "\\\"").Replace("\n", @"\n")).Append('"');
        }

        return labels.ToString();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
