using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mining;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests;

/// <summary>A gateway with its embedded chain on loopback, and virtual boards, all in this process.</summary>
internal sealed class Rig : IAsyncDisposable
{
    /// <summary>
    /// How long a signal may take: far more than it does on a busy machine, far less than a hung run.
    /// </summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Blocks come quickly, so that job changes are part of every test.</summary>
    private static readonly TimeSpan s_blockTime = TimeSpan.FromSeconds(1);

    /// <summary>Expected hashes of a share: five a second from one board, also after a silence.</summary>
    private const ulong ShareWork = 8192;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-system-");
    private readonly MemoryChainStore _chainStore = new();
    private readonly TaskCompletionSource<FoundBlock> _firstBlock =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Random _random = new(1);
    private readonly Action<GatewayOptions> _configure;
    private readonly GatewayExtension? _extension;
    private GatewayHost? _gateway;
    private EmbeddedChain? _chain;
    private int _httpPort;
    private int _mqttPort;
    private int _httpTlsPort;
    private int _mqttTlsPort;
    private int _stratumPort;

    private Rig(Action<GatewayOptions> configure, GatewayExtension? extension) =>
        (_configure, _extension) = (configure, extension);

    /// <summary>The gateway that runs now.</summary>
    public GatewayHost Gateway => _gateway ?? throw new InvalidOperationException("The gateway is stopped.");

    /// <summary>The boards, on one worker thread.</summary>
    public BoardFleet Fleet { get; } = new(TimeProvider.System, 1);

    /// <summary>The first block that any board finds.</summary>
    public Task<FoundBlock> FirstBlock => _firstBlock.Task;

    /// <summary>The gateway's data directory.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Where the gateway is reached without a detour.</summary>
    public GatewayAddress Address => new("127.0.0.1", _httpPort, _mqttPort, false);

    /// <summary>Where the gateway is reached over TLS.</summary>
    public GatewayAddress SecureAddress => new("127.0.0.1", _httpTlsPort, _mqttTlsPort, true);

    /// <summary>Where Stratum miners reach the gateway.</summary>
    public int StratumPort => _stratumPort;

    /// <summary>A rig whose gateway runs and which has no boards.</summary>
    public static async Task<Rig> StartAsync(
        Action<GatewayOptions>? configure = null, GatewayExtension? extension = null)
    {
        var rig = new Rig(configure ?? (_ => { }), extension);
        await rig.StartGatewayAsync();
        return rig;
    }

    /// <summary>Starts the gateway on the ports and the data it had before.</summary>
    public async Task StartGatewayAsync()
    {
        var options = new GatewayOptions();
        options.Http.Port = _httpPort;
        options.Mqtt.Port = _mqttPort;
        options.Http.TlsPort = _httpTlsPort;
        options.Mqtt.TlsPort = _mqttTlsPort;
        options.Stratum.Port = _stratumPort;
        options.Storage.DataDirectory = _folder.FullName;
        options.Shares.Interval = TimeSpan.FromMilliseconds(200);
        options.Shares.MinWork = options.Shares.StartWork = ShareWork;
        _configure(options);
        _chain = new EmbeddedChain(s_blockTime, ProvenRate, TimeProvider.System, _chainStore);
        _gateway = GatewayHost.Create(options, TimeProvider.System, _random, _chain, extension: _extension);
        _gateway.BlockFound += block => _firstBlock.TrySetResult(block);
        await _gateway.StartAsync();
        _httpPort = _gateway.HttpEndPoint.Port;
        _mqttPort = _gateway.MqttEndPoint.Port;
        _stratumPort = _gateway.StratumEndPoint!.Port;
        _httpTlsPort = _gateway.HttpTlsEndPoint!.Port;
        _mqttTlsPort = _gateway.MqttTlsEndPoint!.Port;
    }

    /// <summary>Stops the gateway; its data stays.</summary>
    public async Task StopGatewayAsync()
    {
        GatewayHost gateway = Gateway;
        _gateway = null;
        await gateway.DisposeAsync();
        _chain!.Dispose();
    }

    /// <summary>Makes a device known to the gateway, without a board.</summary>
    public async Task<BoardIdentity> EnrolAsync(string id)
    {
        byte[] key = new byte[32];
        _random.NextBytes(key);
        Assert.Equal(EnrolResult.Enrolled, await Gateway.EnrolAsync(id, key));
        return new BoardIdentity(id, key);
    }

    /// <summary>Makes a device known and powers its board on.</summary>
    /// <param name="id">Device id.</param>
    /// <param name="via">Where the board reaches the gateway; directly if null.</param>
    /// <param name="authority">The certificate authority that the board believes, DER.</param>
    public async Task<VirtualBoard> AddBoardAsync(
        string id, GatewayAddress? via = null, byte[]? authority = null) =>
        PowerOn(await EnrolAsync(id), via, authority);

    /// <summary>Powers the board of a known device on.</summary>
    public VirtualBoard PowerOn(
        BoardIdentity identity, GatewayAddress? via = null, byte[]? authority = null, ScanPace? pace = null) =>
        Fleet.Add(
        new VirtualBoardOptions
        {
            Identity = identity,
            Gateway = via ?? Address,
            Authority = authority,
            Pace = pace ?? new ScanPace(coreShare: 0.1, hashesPerSecond: 50_000),
        });

    /// <summary>Sends a device a command in its owner's name.</summary>
    public void Order(BoardIdentity identity, Command command)
    {
        byte[] octets = new byte[Command.Length];
        command.Write(octets, 0, identity.Key, identity.Id);
        Assert.True(Gateway.Room<MqttBroker>().FindSession(identity.Id)!
            .TryPublish(new TopicName(Topics.Command(identity.Id)), octets, QualityOfService.AtLeastOnce));
    }

    /// <summary>What the gateway has stored about a device.</summary>
    public DeviceReport ReportOf(string id) => Gateway.Devices.Single(device => device.Id == id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        if (_gateway is not null)
        {
            await StopGatewayAsync();
        }

        _folder.Delete(recursive: true);
    }

    private double ProvenRate() => _gateway?.ProvenHashesPerSecond ?? 0;
}
