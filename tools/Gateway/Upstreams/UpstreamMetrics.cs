using System.Diagnostics.Metrics;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What upstreams measure, on the gateway's meter.</summary>
internal sealed class UpstreamMetrics : IDisposable
{
    private readonly Meter _meter = new(GatewayMetrics.MeterName);
    private readonly Histogram<double> _tip;
    private readonly Histogram<double> _answer;
    private readonly Counter<long> _shares;
    private readonly Counter<long> _switches;

    public UpstreamMetrics()
    {
        _tip = _meter.CreateHistogram<double>("gateway.upstream.tip.latency", "s",
            "From the first octet that tells of a new previous block until boards can be told.");
        _answer = _meter.CreateHistogram<double>("gateway.upstream.answer.duration", "s",
            "How long a pool takes to answer.");
        _shares = _meter.CreateCounter<long>("gateway.upstream.shares", "{share}",
            "Shares for pools, by what became of them.");
        _switches = _meter.CreateCounter<long>("gateway.upstream.switches", "{switch}",
            "How often another upstream took over.");
    }

    /// <summary>The meter itself: tells these figures from another gateway's in the same process.</summary>
    public Meter Meter => _meter;

    public void Tip(string upstream, TimeSpan latency) => _tip.Record(latency.TotalSeconds, Tag(upstream));

    public void Answer(string upstream, TimeSpan duration) => _answer.Record(duration.TotalSeconds, Tag(upstream));

    public void Share(string upstream, PoolShareState state) =>
        _shares.Add(1, Tag(upstream), new KeyValuePair<string, object?>("state", state));

    public void Switch(string upstream) => _switches.Add(1, Tag(upstream));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string upstream) => new("upstream", upstream);
}
