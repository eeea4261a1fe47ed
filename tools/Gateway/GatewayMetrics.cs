using System.Diagnostics.Metrics;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway;

/// <summary>The gateway's figures as instruments of the meter <see cref="MeterName"/>, for any collector.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>The name by which collectors find the meter.</summary>
    public const string MeterName = "MicroFirmware.Gateway";

    private static readonly VerdictCode[] s_codes = Enum.GetValues<VerdictCode>();

    // From a fast disk's flush to one that stalls.
    private static readonly InstrumentAdvice<double> s_commitTimes = new()
    {
        HistogramBucketBoundaries = [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10],
    };

    private static readonly InstrumentAdvice<int> s_commitSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    };

    private readonly Meter _meter = new(MeterName);

    public GatewayMetrics(
        FleetStatistics fleet, DeviceRegistry registry, BlockDesk blocks, GroupCommit store, IUpstream upstream)
    {
        _meter.CreateObservableGauge("gateway.upstream.healthy", () => Each(upstream, report => report.Healthy), null,
            "1 while the upstream has work and the other side lives.");
        _meter.CreateObservableGauge("gateway.upstream.active", () => Each(upstream, report => report.Active), null,
            "1 for the upstream that gives the work.");
        _meter.CreateObservableCounter("gateway.shares", () => s_codes.Select(code =>
            new Measurement<long>(fleet[code], new KeyValuePair<string, object?>("verdict", code))),
            "{share}", "Shares by verdict; those sent again are not counted twice.");
        _meter.CreateObservableGauge("gateway.hash_rate.proven", () => fleet.ProvenHashesPerSecond, "{hash}/s",
            "What credited shares of the rate window prove.");
        _meter.CreateObservableUpDownCounter("gateway.devices", () => registry.Count, "{device}");
        _meter.CreateObservableCounter("gateway.blocks.accepted", () => blocks.Tally.Accepted, "{block}");
        _meter.CreateObservableCounter("gateway.blocks.rejected", () => blocks.Tally.Rejected, "{block}");
        _meter.CreateObservableGauge("gateway.store.fault", () => store.Fault is null ? 0 : 1, null,
            "1 while nothing can be stored.");
        Histogram<int> entries = _meter.CreateHistogram<int>(
            "gateway.commit.entries", "{entry}", "Entries in one commit.", null, s_commitSizes);
        Histogram<double> duration = _meter.CreateHistogram<double>(
            "gateway.commit.duration", "s", "How long a commit took.", null, s_commitTimes);
        store.Committed += (count, time) =>
        {
            entries.Record(count);
            duration.Record(time.TotalSeconds);
        };
    }

    /// <summary>The meter itself: tells this gateway's figures from another's in the same process.</summary>
    public Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Each(IUpstream upstream, Func<UpstreamReport, bool> holds) =>
        upstream.Reports().Select(report => new Measurement<int>(
            holds(report) ? 1 : 0, new KeyValuePair<string, object?>("upstream", report.Name)));
}
