using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Storage;
using MicroFirmware.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Configuration;

/// <summary>Every setting, changed on a gateway that runs: in force at once, or marked and waiting.</summary>
public sealed class LiveSettingsTests : IAsyncLifetime
{
    // What fits a setting and is neither its default nor what the gateway here runs on, where one more than it will
    // not do; what must be set first.
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["Http:Address"] = "127.0.0.2",
        ["Mqtt:Address"] = "127.0.0.2",
        ["Stratum:Address"] = "127.0.0.2",
        ["Stratum:Port"] = "3333",
        ["Stratum:TlsPort"] = "4333",
        ["Mqtt:WebSocketPath"] = "/other",
        ["Tls:Names"] = "gateway.lan",
        ["HomeAssistant:Password"] = "correct-horse-battery",
        ["Rewards:Rule"] = "solo",
        ["Energy:Currency"] = "CHF",
        ["Energy:KilowattHour"] = "0.31",
        ["Energy:Bitcoin"] = "90000",
        ["Payouts:Chain"] = "bcrt",
        ["Payouts:Url"] = "https://node.example",
        ["Proofs:GreatestTarget"] = "207fffff",
        ["Metrics:Otlp:Endpoint"] = "http://127.0.0.1:1/v1/metrics",
        ["Proofs:Agreeing"] = "2",
        ["Proofs:AuditPercent"] = "99",
    };

    // They name files that must be there, or go together only: their own tests change them.
    private static readonly string[] s_ownTests =
    [
        "Mqtt:CertificateFile", "Mqtt:CertificateKeyFile", "Mqtt:CertificatePassword", "Mqtt:ClientAuthorityFile",
        "Payouts:Kind", "Storage:DataDirectory",
    ];

    private readonly TemporaryDirectory _directory = new();
    private UpstreamSelector _upstreams = null!;
    private GatewayHost _host = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = GatewayConfiguration.Load(
            ["--Http:Port=0", "--Mqtt:Port=0", $"--Storage:DataDirectory={_directory.Path}"], _directory.Path);
        _upstreams = UpstreamList.Create([], () => new EmbeddedChain(EmbeddedChain.DefaultBlockTime, () => 0,
            TimeProvider.System, new MemoryChainStore()), TimeProvider.System, new Random(1),
            NullLoggerFactory.Instance);
        _host = GatewayHost.Create(options, TimeProvider.System, new Random(1), _upstreams);
        await _host.StartAsync();
        _upstreams.Start();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _upstreams.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public void Every_setting_counts_at_once_or_is_marked_with_a_reason_and_waits()
    {
        SettingsDesk desk = _host.Room<SettingsDesk>();
        foreach (string key in KeysOf(typeof(GatewayOptions), "").Except(s_ownTests))
        {
            Setting before = desk.All().Single(setting => setting.Key == key);
            string value = ValueFor(before);
            if (before.Origin == SettingOrigin.CommandLine)
            {
                continue;
            }

            desk.Save(key, value);

            Setting after = desk.All().Single(setting => setting.Key == key);
            string shown = after.IsSecret ? "set" : value;
            Assert.Equal((key, after.IsAtOnce ? shown : before.Value), (key, after.Value));
            Assert.Equal((key, after.IsAtOnce ? null : shown), (key, after.Next));
            Assert.Equal((key, after.IsAtOnce ? null : after.RestartWhy), (key, after.RestartWhy));
            Assert.True(after.IsAtOnce || after.RestartWhy!.Length > 10, key);
            desk.Save(key, null);
            Assert.Equal(before, desk.All().Single(setting => setting.Key == key));
        }
    }

    /// <summary>A room that holds a value of its own holds the old one for good.</summary>
    [Fact]
    public void No_room_holds_options_instead_of_what_is_live()
    {
        HashSet<Type> sections = [.. OptionValues.SectionsOf(typeof(GatewayOptions)).Select(p => p.PropertyType)];
        sections.Add(typeof(GatewayOptions));
        string[] holders =
        [
            .. from type in typeof(GatewayHost).Assembly.GetTypes()
            where type.Namespace != typeof(GatewayOptions).Namespace
                && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            from field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            where sections.Contains(field.FieldType)
            orderby type.Name
            select type.Name,
        ];

        // The host and the directory read what needs a restart; an inquiry keeps the terms that it began on, and the
        // announcer what it told under.
        Assert.Equal(["Announcer", "DataDirectory", "GatewayHost", "ProofInquiry"], holders);
    }

    [Fact]
    public void What_somebody_else_holds_is_told_of_a_change()
    {
        SettingsDesk desk = _host.Room<SettingsDesk>();
        desk.Save("Mqtt:MaxConnections", "777");
        desk.Save("Mqtt:MaxPacketsPerSecond", "55");
        desk.Save("Devices:MaxDevices", "1000");
        desk.Save("Storage:BatchMaxEntries", "7");
        desk.Save("Series:Minutes", "3h");
        desk.Save("Payouts:DailyCapMsat", "5000");

        Mqtt.Broker.BrokerOptions broker = _host.Room<Mqtt.Broker.BrokerOptions>();
        Assert.Equal((777, 777, 55), (broker.MaxConnections, broker.MaxSessions, broker.MaxPacketsPerSecond));
        Assert.Equal(3_000, broker.MaxRetainedMessages);
        Assert.Equal(7, _host.Room<Gateway.Storage.GroupCommit>().Limits.BatchMaxEntries);
        Assert.Equal(TimeSpan.FromHours(3), _host.Room<SeriesStore>().Retention.Minutes);
        Assert.Equal(5_000, _host.Room<Gateway.Payouts.PayoutRoom>().Settings.Desk.DailyCapMsat);
    }

    [Theory]
    [InlineData("Shares:Interval", "5d")]
    [InlineData("Shares:MinWork", "99999999999999999999")]
    [InlineData("Shares:Nothing", "1")]
    [InlineData("Proofs:Agreeing", "6")]
    [InlineData("Mqtt:CertificateFile", "/nowhere.pem")]
    public void What_does_not_fit_is_refused_and_nothing_is_changed(string key, string value)
    {
        SettingsDesk desk = _host.Room<SettingsDesk>();
        IReadOnlyList<Setting> before = desk.All();
        GatewayOptions running = _host.Room<Live<GatewayOptions>>().Now;

        Assert.Contains(key, Assert.Throws<ConfigurationException>(() => desk.Save(key, value)).Message);

        Assert.Equal(before, desk.All());
        Assert.Same(running, _host.Room<Live<GatewayOptions>>().Now);
        Assert.False(File.Exists(_directory.File(SettingsFile.Name)));
    }

    [Fact]
    public void What_goes_together_with_a_restart_only_waits_as_a_whole()
    {
        SettingsDesk desk = _host.Room<SettingsDesk>();
        desk.Save("Tls:Enabled", "false");
        Assert.Equal("false", desk.All().Single(setting => setting.Key == "Tls:Enabled").Next);

        desk.Save("Energy:KilowattHour", "0.4");

        Assert.Equal(0.4m, _host.Room<Live<EnergyOptions>>().Now.KilowattHour);
        Assert.True(_host.Room<Live<TlsOptions>>().Now.Enabled);
    }

    [Fact]
    public async Task Another_rule_is_in_force_when_what_was_proven_before_is_booked()
    {
        Live<RewardOptions> rule = _host.Room<Live<RewardOptions>>();
        _host.Room<SettingsDesk>().Save("Rewards:Rule", "solo");

        await Mqtt.Tests.Waiting.UntilAsync(() => rule.Now.Kind == RewardRule.Solo);
    }

    [Fact]
    public void Change_is_told_in_the_journal_by_its_key_alone()
    {
        _host.Room<SettingsDesk>().Save("HomeAssistant:Password", "correct-horse-battery");

        Assert.DoesNotContain("horse", string.Join(' ',
            _host.Room<EventJournal>().Read(new EventQuery()).Select(item => item.Text)));
    }

    private static IEnumerable<string> KeysOf(Type type, string prefix) =>
        type.GetProperties().SelectMany(property => property.CanWrite ? [prefix + property.Name]
            : property.PropertyType.IsGenericType ? []
            : KeysOf(property.PropertyType, $"{prefix}{property.Name}:"));

    private static string ValueFor(Setting setting) => s_values.TryGetValue(setting.Key, out string? value) ? value
        : setting.Kind switch
        {
            "yes or no" => setting.Value == "true" ? "false" : "true",
            "number" when setting.Key.EndsWith("Watts", StringComparison.Ordinal) => "1.5",
            "number" => $"{long.Parse(setting.Value, CultureInfo.InvariantCulture) + 1}",
            "duration" => OneMore(setting.Value),
            _ => "other",
        };

    private static string OneMore(string duration)
    {
        int digits = duration.IndexOfAny(['d', 'h', 'm', 's']);
        return $"{decimal.Parse(duration[..digits], CultureInfo.InvariantCulture) + 1}{duration[digits..]}";
    }
}
