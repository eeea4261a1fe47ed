using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway;

/// <summary>The whole gateway in figures, since it started; blocks since there is a store.</summary>
/// <param name="UptimeSeconds">Seconds since it started.</param>
/// <param name="Devices">Devices registered.</param>
/// <param name="Connections">MQTT connections open.</param>
/// <param name="ProvenHashesPerSecond">What the credited shares of the last <c>Shares:RateWindow</c> prove.</param>
/// <param name="Shares">Shares by verdict; those sent again are not counted twice.</param>
/// <param name="BlocksAccepted">Blocks that the upstream took, ever.</param>
/// <param name="BlocksRejected">Blocks that the upstream refused, ever.</param>
/// <param name="BlocksOpen">Blocks whose fate is not known.</param>
/// <param name="Upstream">Where work comes from.</param>
/// <param name="Upstreams">How each upstream fares, the preferred one first.</param>
/// <param name="Job">The job of the moment; null for none.</param>
/// <param name="Store">What the database did.</param>
/// <param name="Stratum">The miners on Stratum.</param>
/// <param name="Payouts">What leaves the ledger.</param>
public sealed record GatewayStatistics(
    double UptimeSeconds,
    int Devices,
    int Connections,
    double ProvenHashesPerSecond,
    IReadOnlyDictionary<string, long> Shares,
    long BlocksAccepted,
    long BlocksRejected,
    long BlocksOpen,
    string Upstream,
    IReadOnlyList<UpstreamReport> Upstreams,
    GatewayStatistics.JobFigures? Job,
    GatewayStatistics.StoreFigures Store,
    StratumStatistics Stratum,
    GatewayStatistics.PayoutFigures Payouts)
{
    /// <summary>What leaves the ledger.</summary>
    /// <param name="Node">The node that pays; null for none.</param>
    /// <param name="Open">Payouts that have not come to their end.</param>
    /// <param name="AwaitingApproval">Of these, those that wait for the owner.</param>
    /// <param name="InFlightMsat">What is reserved for them, in digits.</param>
    /// <param name="PaidMsat">What has left for good, fees included, in digits.</param>
    /// <param name="Next">When the schedule's next round is; null without a node.</param>
    public sealed record PayoutFigures(
        string? Node, int Open, int AwaitingApproval, string InFlightMsat, string PaidMsat, DateTimeOffset? Next);

    /// <summary>The job of the moment.</summary>
    /// <param name="Id">Its id, 16 hexadecimal digits.</param>
    /// <param name="Height">Height of its block.</param>
    /// <param name="BlockWork">Expected hashes to solve the block.</param>
    /// <param name="Lanes">Lanes given so far.</param>
    public sealed record JobFigures(string Id, int Height, ulong BlockWork, long Lanes);

    /// <summary>What the database did.</summary>
    /// <param name="Commits">Transactions on the disk.</param>
    /// <param name="Entries">Entries in them.</param>
    /// <param name="BusySeconds">Time spent writing and waiting for the disk.</param>
    /// <param name="Fault">Why nothing can be stored; null while all is well.</param>
    public sealed record StoreFigures(long Commits, long Entries, double BusySeconds, string? Fault);
}
