using System.Diagnostics.Metrics;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>The Stratum server's figures as instruments of the gateway's meter.</summary>
internal sealed class StratumMetrics : IDisposable
{
    private readonly Meter _meter = new(GatewayMetrics.MeterName);

    public StratumMetrics(StratumServer server)
    {
        _meter.CreateObservableUpDownCounter("gateway.stratum.connections", () => server.Statistics.Connections,
            "{connection}", "Open Stratum connections.");
        _meter.CreateObservableUpDownCounter("gateway.stratum.miners", () => server.Statistics.Miners, "{connection}",
            "Those that have subscribed and authorised.");
        _meter.CreateObservableCounter("gateway.stratum.refused", () => server.Statistics.Refused, "{connection}",
            "Connections that were not let in: too many, too fast, or banned.");
        _meter.CreateObservableCounter("gateway.stratum.closed", () => server.Statistics.ClosedForCause,
            "{connection}", "Connections that were closed for what their miner did.");
        _meter.CreateObservableCounter("gateway.stratum.shares", () => server.Statistics.Shares, "{share}",
            "Shares that came by Stratum, whatever their verdict.");
        Histogram<double> notify = _meter.CreateHistogram<double>("gateway.stratum.notify.duration", "s",
            "From a new job until it was written for the last miner.");
        server.Announced += (took, _) => notify.Record(took.TotalSeconds);
    }

    /// <summary>The meter itself: tells these figures from another gateway's in the same process.</summary>
    public Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();
}
