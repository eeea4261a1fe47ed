using System.Diagnostics.Metrics;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Mqtt.Broker;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MicroFirmware.Gateway.Observation;

/// <summary>
/// Every figure of this gateway for collectors: as Prometheus text when it is asked for, and by OTLP where an address
/// is set. Figures are instruments of our meters, of the web server's and of the runtime's; one that is added to them
/// is exported without further ado.
/// </summary>
internal sealed class MetricsExport : IDisposable
{
    private const string ServiceName = "microfirmware-gateway";
    private const string RuntimeMeter = "System.Runtime";
    private const int OtlpTimeoutMs = 10_000;

    // Of the web server's: requests and their time, connections and handshakes.
    private static readonly string[] s_serverMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly double[] s_seconds =
        [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 60];

    private readonly PrometheusExporter _prometheus;
    private readonly Func<MeterProviderBuilder> _newBuilder;
    private readonly MeterProvider _provider;
    private readonly Live<MetricsOptions> _options;
    private readonly Lock _lock = new();
    private MeterProvider? _otlp;
    private bool _isDisposed;

    /// <param name="options">Where they go.</param>
    /// <param name="own">This gateway's meters; others of the same names belong to other gateways.</param>
    /// <param name="server">Who makes this gateway's web server's meters; null for none.</param>
    /// <param name="time">The clock.</param>
    public MetricsExport(
        Live<MetricsOptions> options, IReadOnlyCollection<Meter> own, IMeterFactory? server, TimeProvider time)
    {
        _prometheus = new PrometheusExporter(time);
        _newBuilder = () => Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .AddMeter([GatewayMetrics.MeterName, BrokerMetrics.MeterName, RuntimeMeter, .. s_serverMeters])
            .AddView(instrument => IsOurs(instrument.Meter) ? ShapeOf(instrument) : MetricStreamConfiguration.Drop);
        _provider = _newBuilder().AddReader(new BaseExportingMetricReader(_prometheus)
        {
            TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
        }).Build();
        (_options, _otlp) = (options, NewOtlp(options.Now.Otlp));
        options.Changed += Redirect;

        bool IsOurs(Meter meter) =>
            meter.Name == RuntimeMeter || own.Contains(meter) || (server is not null && meter.Scope == server);
    }

    /// <summary>All figures as they are now, or were a second ago, in Prometheus' text format.</summary>
    public string ReadText() => _prometheus.Read();

    /// <summary>Sends what OTLP has not seen yet.</summary>
    public void Dispose()
    {
        _options.Changed -= Redirect;
        lock (_lock)
        {
            _isDisposed = true;
            _otlp?.Dispose();
        }

        _provider.Dispose();
    }

    /// <summary>Another collector, or none: the last one is sent what it has not seen, however long it takes.</summary>
    private void Redirect(MetricsOptions next)
    {
        MeterProvider? last;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            (last, _otlp) = (_otlp, NewOtlp(next.Otlp));
        }

        _ = Task.Run(() => last?.Dispose());
    }

    private MeterProvider? NewOtlp(OtlpOptions options) => options.Address is { } address
        ? _newBuilder().AddOtlpExporter((exporter, reader) => Aim(exporter, reader, options, address)).Build()
        : null;

    /// <summary>Buckets for times that say none themselves: OpenTelemetry's own are meant for milliseconds.</summary>
    private static ExplicitBucketHistogramConfiguration? ShapeOf(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null }
            ? new ExplicitBucketHistogramConfiguration { Boundaries = s_seconds }
            : null;

    private static void Aim(
        OtlpExporterOptions exporter, MetricReaderOptions reader, OtlpOptions options, Uri address)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = address;
        exporter.TimeoutMilliseconds = OtlpTimeoutMs;
        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
            (int)options.Interval.TotalMilliseconds;
    }
}
