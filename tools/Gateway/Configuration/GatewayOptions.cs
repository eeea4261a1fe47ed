using System.Collections.Concurrent;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Everything that can be set about a gateway. The keys of <c>appsettings.json</c>, environment and command line are
/// the
/// names below, section and property: <c>Shares:Interval</c>, <c>MICRO_SHARES__INTERVAL</c>,
/// <c>--Shares:Interval=2s</c>.
/// </summary>
public sealed class GatewayOptions
{
    // 8080 and 8443 are the unprivileged ports people expect HTTP on, 1883 and 8883 are MQTT's own.
    private const int DefaultHttpPort = 8080;
    private const int DefaultHttpTlsPort = 8443;
    private const int DefaultMqttPort = 1883;
    private const int DefaultMqttTlsPort = 8883;

    private readonly ConcurrentDictionary<string, SettingOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where HTTP is served: work, API, health. Default 127.0.0.1:8080.</summary>
    public EndpointOptions Http { get; } = new(DefaultHttpPort, DefaultHttpTlsPort);

    /// <summary>Where MQTT is served. Default 127.0.0.1:1883.</summary>
    public MqttOptions Mqtt { get; } = new(DefaultMqttPort, DefaultMqttTlsPort);

    /// <summary>Who may listen in.</summary>
    public TlsOptions Tls { get; } = new();

    /// <summary>Who may give orders.</summary>
    public OwnerOptions Owner { get; } = new();

    /// <summary>Who may sign in.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>Where Stratum v1 miners connect. Default: nowhere.</summary>
    public StratumOptions Stratum { get; } = new();

    /// <summary>Home Assistant, if it shall read along.</summary>
    public HomeAssistantOptions HomeAssistant { get; } = new();

    /// <summary>The database and how it is written.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>How often devices shall share, and within which bounds.</summary>
    public ShareOptions Shares { get; } = new();

    /// <summary>Who may take part.</summary>
    public DeviceOptions Devices { get; } = new();

    /// <summary>Who earns what.</summary>
    public RewardOptions Rewards { get; } = new();

    /// <summary>What electricity costs.</summary>
    public EnergyOptions Energy { get; } = new();

    /// <summary>How balances leave the ledger. Default: not at all.</summary>
    public PayoutSettings Payouts { get; } = new();

    /// <summary>Proofs that boards check for customers.</summary>
    public ProofOptions Proofs { get; } = new();

    /// <summary>Who is told of the figures.</summary>
    public MetricsOptions Metrics { get; } = new();

    /// <summary>How long figures are kept.</summary>
    public SeriesOptions Series { get; } = new();

    /// <summary>Where work comes from, the preferred one first. Default: the embedded chain alone.</summary>
    public IList<UpstreamOptions> Upstreams { get; } = [];

    /// <summary>Who is told of events. Default: nobody.</summary>
    public IList<WebhookOptions> Webhooks { get; } = [];

    /// <summary>What these were read from; null where a program made them.</summary>
    internal ConfigurationSources? Sources { get; init; }

    /// <summary>Where a setting's value comes from.</summary>
    internal SettingOrigin OriginOf(string key) => _origins.GetValueOrDefault(key);

    /// <summary>Notes where a setting's value comes from.</summary>
    internal void SetOrigin(string key, SettingOrigin origin) => _origins[key] = origin;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigurationException">Names each key that is out of range and what to do.</exception>
    public void Check()
    {
        ConfigurationProblems problems = new();
        Http.Check("Http", problems);
        Mqtt.Check("Mqtt", problems);
        Tls.Check("Tls", this, problems);
        Owner.Check("Owner", problems);
        Access.Check("Access", problems);
        HomeAssistant.Check("HomeAssistant", problems);
        Stratum.Check("Stratum", problems);
        Storage.Check("Storage", problems);
        Shares.Check("Shares", problems);
        Devices.Check("Devices", problems);
        Rewards.Check("Rewards", problems);
        Energy.Check("Energy", problems);
        Payouts.Check("Payouts", problems);
        Proofs.Check("Proofs", problems);
        Metrics.Check("Metrics", problems);
        Series.Check("Series", problems);
        UpstreamOptions.Check(nameof(Upstreams), Upstreams, problems);
        WebhookOptions.Check(nameof(Webhooks), Webhooks, problems);
        problems.ThrowIfAny();
    }
}
