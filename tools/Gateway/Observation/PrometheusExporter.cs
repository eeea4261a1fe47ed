using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MicroFirmware.Gateway.Observation;

/// <summary>
/// Collects when it is asked. Written here because OpenTelemetry's own exporter for Prometheus is not on every registry
/// that the project restores from.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(TimeProvider time) : BaseExporter<Metric>, IPullMetricExporter
{
    // Collecting looks at every session: whoever asks more often gets what was collected last.
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(1);
    private const int CollectTimeoutMs = 5_000;

    private readonly Lock _sync = new();
    private string? _text;
    private long _collected;

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The figures, not older than a second.</summary>
    public string Read()
    {
        lock (_sync)
        {
            if (_text is null || time.GetElapsedTime(_collected) > s_maxAge)
            {
                _collected = time.GetTimestamp();
                Collect?.Invoke(CollectTimeoutMs);
            }

            return _text ?? "";
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (Metric metric in batch)
        {
            text.Add(metric);
        }

        _text = text.ToString();
        return ExportResult.Success;
    }
}
