using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway;

/// <summary>Collects the gateway's figures from its rooms.</summary>
internal sealed class StatisticsDesk(
    GatewayClock clock,
    DeviceRegistry registry,
    MqttBroker broker,
    FleetStatistics fleet,
    JobBoard board,
    IUpstream upstream,
    BlockDesk blocks,
    GroupCommit store,
    StratumServer stratum,
    PayoutMetrics payouts)
{
    private static readonly VerdictCode[] s_codes = Enum.GetValues<VerdictCode>();

    public GatewayStatistics Take() => new(
        clock.Now.TotalSeconds,
        registry.Count,
        broker.Metrics.Connections,
        fleet.ProvenHashesPerSecond,
        s_codes.ToDictionary(code => code.ToString(), code => fleet[code]),
        blocks.Tally.Accepted,
        blocks.Tally.Rejected,
        blocks.Tally.Open,
        upstream.Name,
        upstream.Reports(),
        board.Current is { } job
            ? new GatewayStatistics.JobFigures($"{job.Id:x16}", job.Height, job.BlockWork, job.Lanes)
            : null,
        new GatewayStatistics.StoreFigures(
            store.Statistics.Commits,
            store.Statistics.Entries,
            store.Statistics.Busy.TotalSeconds,
            store.Fault?.Message),
        stratum.Statistics,
        payouts.Figures);
}
