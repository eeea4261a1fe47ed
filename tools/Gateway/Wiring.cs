using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Series;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Webhooks;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway;

/// <summary>Connects the rooms, once, before the doors open.</summary>
internal sealed class Wiring(
    Live<GatewayOptions> options,
    IUpstream upstream,
    DataDirectory directory,
    GroupCommit store,
    DeviceRegistry registry,
    DevicePatrol patrol,
    AccessLoader access,
    JobBoard board,
    JobAnnouncer announcer,
    BlockDesk blocks,
    FleetStatistics fleet,
    MqttBroker broker,
    ShareInlet shares,
    BoardReports reports,
    RewardDesk rewards,
    PayoutSchedule payouts,
    CoinbaseSplit split,
    Announcer homeAssistant,
    GatewayMetrics metrics,
    StratumMetrics stratum,
    SeriesSampler sampler,
    PayoutMetrics payoutMetrics,
    StandingBook standings,
    ProofDesk proofs,
    ProofInlet findings,
    ProofFees fees,
    ProofMetrics proofMetrics,
    EventWatch events,
    WebhookRoom webhooks,
    ILogger<Wiring> log)
{
    /// <summary>Held here because nobody else asks for it: collectors find it by name.</summary>
    public GatewayMetrics Metrics => metrics;

    /// <summary>Held here for the same reason.</summary>
    public StratumMetrics Stratum => stratum;

    /// <summary>Held here for the same reason.</summary>
    public PayoutMetrics Payouts => payoutMetrics;

    /// <summary>Held here for the same reason.</summary>
    public ProofMetrics Proofs => proofMetrics;

    public async Task ConnectAsync(CancellationToken cancel)
    {
        await Task.Run(Connect, cancel);
        await fees.RecoverAsync();
    }

    private void Connect()
    {
        using (Database database = directory.Open())
        {
            DeviceLoader.Load(database, registry);
            access.Load(database);
            standings.Load(database);
            rewards.Start(database);
            blocks.Resume(database);
            fleet.Load(database);
        }

        fleet.Best.Improved += (day, work) => store.TryAppend(new CommitSignal(
            writer => writer.SetDayBest.Bind(1, day).Bind(2, (long)Math.Min(work, long.MaxValue)).Run()));
        store.Announce = AnnounceInOneWrite;
        store.FaultChanged += Report;
        broker.Handle(ShareInlet.Filter, shares);
        broker.Handle(ProofInlet.Filter, findings);
        broker.Subscribe(BoardReports.StatusFilter, reports.OnStatus);
        broker.Subscribe(BoardReports.TelemetryFilter, reports.OnTelemetry);
        homeAssistant.Start();

        if (upstream is UpstreamSelector { Maker: not null } upstreams)
        {
            options.Part(now => now.Upstreams).Changed += upstreams.Change;
        }

        board.Payouts = split.PayoutsOf;
        board.Published += announcer.Announce;
        if (board.Current is { } job)
        {
            announcer.Announce(job);
        }

        patrol.Start();
        proofs.Start();
        sampler.Start();
        payouts.Start();
        webhooks.Start();
        events.Start();
    }

    /// <summary>Acknowledgements and verdicts of one commit leave in one write a connection.</summary>
    private void AnnounceInOneWrite(List<StoreEntry<StoreWriter>> entries)
    {
        using BrokerBatch batch = broker.Batch();
        FlushBatch.Begin();
        foreach (StoreEntry<StoreWriter> entry in entries)
        {
            try
            {
                entry.Committed();
            }
            catch (Exception e)
            {
                // One listener's fault must not keep the others of the commit, or the next, from hearing.
                log.LogError(e, "What was stored could not be told.");
            }
        }

        FlushBatch.End();
    }

    private void Report(StorageException? fault)
    {
        if (fault is null)
        {
            log.LogInformation("The store works again.");
        }
        else
        {
            log.LogError("Nothing can be stored, so no share is acknowledged. {Fault}", fault.Message);
        }
    }
}
