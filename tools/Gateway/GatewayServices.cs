using System.Diagnostics.Metrics;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.AxeOs;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Backups;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Observation;
using MicroFirmware.Gateway.Overview;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Payments;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Series;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Gateway.Updates;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway;

/// <summary>The gateway's rooms, and who is made of whom.</summary>
internal static class GatewayServices
{
    /// <summary>Everything but HTTP itself.</summary>
    public static void AddGatewayRooms(this IServiceCollection services, Live<GatewayOptions> live)
    {
        GatewayOptions options = live.Now;
        PayoutHold.Apply(options);
        services.AddSingleton(live).AddSingleton(live.Part(now => now.Storage));
        services.AddSingleton(live.Part(now => now.Shares)).AddSingleton(live.Part(now => now.Devices));
        services.AddSingleton<GatewayClock>();

        // The store keeps real time: it waits for a disk, not for a board.
        services.AddSingleton(_ => new DataDirectory(options.Storage));
        services.AddSingleton(provider => new GroupCommit(
            provider.GetRequiredService<DataDirectory>().Open,
            provider.GetRequiredService<Live<StorageOptions>>(),
            TimeProvider.System));
        services.AddEvents();
        services.AddSeries(live.Part(now => now.Series));
        services.AddSingleton<DeviceRegistry>().AddSingleton<Gatekeeper>().AddSingleton<WorkDesk>();
        services.AddSingleton<DevicePatrol>();

        services.AddSingleton(live.Part(now => now.Tls)).AddSingleton(live.Part(now => now.Mqtt));
        services.AddSingleton(live.Part(now => now.Owner));
        services.AddSingleton(provider => CertificateAuthority.Open(FolderOf(provider), TimeOf(provider)));
        services.AddSingleton(provider =>
            OwnerToken.Open(FolderOf(provider), provider.GetRequiredService<CertificateAuthority>()));
        services.AddSingleton<ServerIdentity>().AddSingleton<DoorTls>().AddSingleton<JoinCodes>();
        services.AddSingleton<FailureBudget>().AddSingleton<OrderDesk>();
        Live<AccessOptions> access = live.Part(now => now.Access);
        services.AddSingleton(access).AddAccess(access);
        services.AddSingleton(live.Part(now => now.HomeAssistant)).AddSingleton<Announcer>();
        services.AddSingleton<BoardDoors>().AddSingleton<UpdateStore>();
        services.AddSingleton<BoardCatalogue>().AddSingleton<ShareHistory>();
        services.AddSingleton<FleetOrders>().AddSingleton<DeedBook>();
        services.AddSingleton<JoinWatch>().AddSingleton<FrontDoor>();

        services.AddSingleton(new JobOptions()).AddSingleton<JobBoard>();
        services.AddSingleton<IShareSink, SqliteShareSink>().AddSingleton<FleetStatistics>();
        services.AddSingleton<PoolShareDesk>().AddSingleton<BlockDesk>().AddSingleton<ShareRoom>()
            .AddSingleton<BlockHistory>();

        // The rewards' own: they change when what was proven before is booked.
        services.AddSingleton(new Live<RewardOptions>(options.Rewards)).AddSingleton(provider => OpenLedger(
            provider.GetRequiredService<DataDirectory>().LedgerPath));
        services.AddSingleton<MinerAccounts>().AddSingleton<CoinbaseSplit>();
        services.AddSingleton<WorkTariff>();
        services.AddSingleton<WorkBooking>().AddSingleton<BlockSettlement>().AddSingleton<RewardDesk>();
        Live<PayoutSettings> payouts = live.Part(now => now.Payouts);
        services.AddSingleton(payouts).AddPayouts(payouts);
        services.AddPayments();
        Live<ProofOptions> proofs = live.Part(now => now.Proofs);
        services.AddSingleton(proofs).AddProofs(proofs);

        services.AddSingleton(live.Part(now => now.Stratum)).AddSingleton<StratumServer>()
            .AddSingleton<StratumMetrics>();
        services.AddSingleton(BoardLimits.Follow(live)).AddSingleton<IBrokerAuthority, BoardAuthority>();
        if (options.Mqtt.KeepSessions)
        {
            // The broker is made of it, so it is disposed after the broker.
            services.AddSingleton<ISessionStore, KeptSessions>();
        }

        services.AddSingleton<MqttBroker>().AddSingleton<ShareInlet>().AddSingleton<BoardReports>();
        services.AddSingleton<ProofInlet>();
        services.AddSingleton<JobAnnouncer>().AddSingleton<StatisticsDesk>()
            .AddSingleton<GatewayMetrics>();
        services.AddSingleton(live.Part(now => now.Energy)).AddSingleton<SettingsDesk>().AddSingleton<OverviewDesk>();
        services.AddSingleton<AxeOsDesk>();
        Live<MetricsOptions> metrics = live.Part(now => now.Metrics);
        services.AddSingleton<Wiring>().AddSingleton(metrics).AddSingleton(provider => ExportOf(provider, metrics));
        services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    /// <summary>The data directory, made and taken.</summary>
    private static string FolderOf(IServiceProvider provider) => provider.GetRequiredService<DataDirectory>().Path;

    private static TimeProvider TimeOf(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    private static Journal OpenLedger(string path) => Journal.Open(() => SqliteLedgerStore.Open(path));

    private static MetricsExport ExportOf(IServiceProvider provider, Live<MetricsOptions> options)
    {
        List<Meter> own =
        [
            provider.GetRequiredService<GatewayMetrics>().Meter,
            provider.GetRequiredService<MqttBroker>().Metrics.Meter,
            provider.GetRequiredService<StratumMetrics>().Meter,
            provider.GetRequiredService<ProofMetrics>().Meter,
            provider.GetRequiredService<PayoutMetrics>().Meter,
        ];
        if (provider.GetService<ISessionStore>() is KeptSessions kept)
        {
            own.Add(kept.Meter);
        }

        if (provider.GetRequiredService<IUpstream>() is UpstreamSelector upstreams)
        {
            own.Add(upstreams.Meter);
        }

        return new MetricsExport(options, own, provider.GetService<IMeterFactory>(), TimeOf(provider));
    }

    /// <summary>Ctrl-C belongs to whoever hosts the gateway.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
