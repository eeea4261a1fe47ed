using System.Net;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.AxeOs;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Series;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Gateway.Updates;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Paywall;
using MicroFirmware.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway;

/// <summary>A gateway in this process: start it, ask it, stop it. Several may run side by side.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GatewayOptions _options;
    private readonly GatewayClock _clock;
    private readonly DeviceRegistry _registry;
    private readonly MqttBroker _broker;
    private readonly FleetStatistics _fleet;
    private readonly StatisticsDesk _statistics;

    private GatewayHost(WebApplication app, GatewayOptions options)
    {
        (_app, _options) = (app, options);
        _clock = Room<GatewayClock>();
        _registry = Room<DeviceRegistry>();
        _broker = Room<MqttBroker>();
        _fleet = Room<FleetStatistics>();
        _statistics = Room<StatisticsDesk>();
        NewOwnerToken = Room<OwnerToken>().Fresh;
        Room<UpdateStore>();
    }

    /// <summary>Told of every found block whose fate is known. Set it before the start.</summary>
    public event Action<FoundBlock>? BlockFound;

    /// <summary>Where HTTP is served, once started.</summary>
    public IPEndPoint HttpEndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where MQTT is served, once started.</summary>
    public IPEndPoint MqttEndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where HTTP is served over TLS, once started; null where <c>Tls:Enabled</c> is false.</summary>
    public IPEndPoint? HttpTlsEndPoint { get; private set; }

    /// <summary>Where MQTT is served over TLS, once started; null where <c>Tls:Enabled</c> is false.</summary>
    public IPEndPoint? MqttTlsEndPoint { get; private set; }

    /// <summary>Where Stratum is served, once started; null where <c>Stratum:Port</c> is not set.</summary>
    public IPEndPoint? StratumEndPoint { get; private set; }

    /// <summary>Where Stratum over TLS is served, once started; null where <c>Stratum:TlsPort</c> is not set.</summary>
    public IPEndPoint? StratumTlsEndPoint { get; private set; }

    /// <summary>The owner token, if it was made at this start: to be shown once. Null later.</summary>
    public AccessCode? NewOwnerToken { get; }

    /// <summary>
    /// The path of the one-time link that makes the owner's sign-in, if there is no owner yet: to be shown once, behind
    /// the gateway's address. Made at every start until there is one; null from then on.
    /// </summary>
    public string? WelcomePath { get; private set; }

    /// <summary>The certificate of the gateway's own authority, PEM: what boards believe.</summary>
    public string AuthorityPem => Room<CertificateAuthority>().Pem;

    /// <summary>Takes payments out of the gateway's own ledger: boards and the owner pay with their balances.</summary>
    public Cashier Cashier => Room<Cashier>();

    /// <summary>The whole gateway in figures.</summary>
    public GatewayStatistics Statistics => _statistics.Take();

    /// <summary>Hashes a second that credited shares of the last <c>Shares:RateWindow</c> prove, of the whole fleet.
    /// </summary>
    public double ProvenHashesPerSecond => _fleet.ProvenHashesPerSecond;

    /// <summary>Every registered device, in the order of enrolment.</summary>
    public IReadOnlyList<DeviceReport> Devices
    {
        get
        {
            TimeSpan now = _clock.Now;
            return [.. _registry.All().Select(device => DeviceReport.Of(device, now))];
        }
    }

    /// <summary>Puts a gateway together. Opens the database; listens to nothing yet.</summary>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock of everything but sockets and disk.</param>
    /// <param name="random">Drawn from once a start, for extranonces.</param>
    /// <param name="upstream">Where templates come from and blocks go; the caller's to dispose.</param>
    /// <param name="logging">Where to log; nowhere if null.</param>
    /// <param name="extension">What else is served, such as web pages; nothing if null.</param>
    /// <exception cref="ConfigurationException">An option is out of range; the message names its key.</exception>
    /// <exception cref="StorageException">The data directory is in use, or the database cannot be opened; the message
    /// says what to do.</exception>
    public static GatewayHost Create(
        GatewayOptions options,
        TimeProvider time,
        Random random,
        IUpstream upstream,
        Action<ILoggingBuilder>? logging = null,
        GatewayExtension? extension = null)
    {
        options.Check();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        // Addresses of requests hold codes of one-time links: they stay out of every log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton(time).AddSingleton(upstream).AddSingleton(random);
        Live<GatewayOptions> live = new(options);
        builder.Services.AddGatewayRooms(live);
        builder.Services.AddGatewayApi();
        extension?.AddServices(builder.Services);
        builder.WebHost.ListenForBoards(live);

        WebApplication app = builder.Build();
        try
        {
            Map(app, options);
            extension?.Map(app);
            return new GatewayHost(app, options);
        }
        catch
        {
            // What is open by now, the data directory's lock above all, is let go: the caller may put it right and try
            // again in this process.
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Reads the database, then serves.</summary>
    /// <exception cref="StorageException">The database cannot be read; the message says what to do.</exception>
    /// <exception cref="Ledger.Book.LedgerDamagedException">The ledger contradicts itself.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        // Made first: whoever hears that a block was found may rely on the ledger having heard it too.
        Wiring wiring = Room<Wiring>();
        Room<BlockDesk>().Settled += block => BlockFound?.Invoke(block);
        await wiring.ConnectAsync(cancel);
        await _app.StartAsync(cancel);
        string[] addresses = [.. Room<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        HttpEndPoint = EndPointOf(addresses[0]);
        MqttEndPoint = EndPointOf(addresses[1]);
        if (_options.Tls.Enabled)
        {
            HttpTlsEndPoint = EndPointOf(addresses[2]);
            MqttTlsEndPoint = EndPointOf(addresses[3]);
        }

        Queue<string> miners = new(addresses.Skip(_options.Tls.Enabled ? 4 : 2));
        StratumEndPoint = _options.Stratum.Port is null ? null : EndPointOf(miners.Dequeue());
        StratumTlsEndPoint = _options.Stratum.TlsPort is null ? null : EndPointOf(miners.Dequeue());

        Room<BoardDoors>().Open(this);
        if (!Room<AccessDoor>().IsSetUp)
        {
            WelcomePath = OwnerLink.PathOf(Room<OwnerLink>().Create(_options.Access.LinkLife));
        }
    }

    /// <summary>Closes all connections, writes what waits, and stops.</summary>
    public async Task StopAsync(CancellationToken cancel = default)
    {
        // First, because the server would wait for connections that are meant to last.
        Room<ProofDesk>().Dispose();
        _broker.Dispose();
        Room<StratumServer>().Dispose();
        await _app.StopAsync(cancel);
        await Room<SeriesSampler>().StopAsync(Room<GroupCommit>());
    }

    /// <summary>Registers a device; returns when it is on the disk.</summary>
    /// <param name="id">1 to 32 characters of <c>a-z 0-9 -</c>.</param>
    /// <param name="key">32 octets that only the device and this gateway know.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<EnrolResult> EnrolAsync(string id, ReadOnlyMemory<byte> key, CancellationToken cancel = default) =>
        _registry.EnrolAsync(id, key, replace: false, cancel);

    /// <summary>Refuses a device from now on, and closes its connection.</summary>
    /// <returns>False when there is none of this id.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancel = default) =>
        Room<OrderDesk>().RevokeAsync(id, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    internal T Room<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static IPEndPoint EndPointOf(string address)
    {
        Uri url = new(address);
        return new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
    }

    private static void Map(WebApplication app, GatewayOptions options)
    {
        app.UseGatewayApi();
        app.MapWork();
        app.MapDevices();
        app.MapBoardList();
        app.MapLabels();
        app.MapRuns();
        app.MapUpstreams();
        app.MapSettings();
        app.MapWebhooks();
        app.MapStatistics();
        app.MapOverview();
        app.MapBlocks();
        app.MapAccounts();
        app.MapPayouts();
        app.MapPayoutTargets();
        app.MapTariff();
        app.MapHealth();
        app.MapMetrics(app.Services.GetRequiredService<Live<MetricsOptions>>());
        app.MapAxeOs(options.Metrics);
        app.MapAuthority();
        app.MapEnrolment();
        app.MapJoins();
        app.MapOrders();
        app.MapUpdates();
        app.MapProofs(app.Services.GetRequiredService<Live<ProofOptions>>());
        app.MapSessions();
        app.MapPeople();
        app.MapEvents();
        app.MapSeries();
        app.MapBoards(options.Mqtt);
    }
}
