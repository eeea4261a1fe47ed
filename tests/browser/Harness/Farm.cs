using System.Net;
using System.Net.Http.Json;
using MicroFirmware.Dashboard;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mining;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>A gateway with its pages and a few boards that mine, in this process.</summary>
public sealed class Farm : IAsyncLifetime, IAsyncDisposable
{
    private static readonly string[] s_names =
        ["attic", "balcony", "bench-left", "bench-right", "cellar", "garage", "greenhouse", "workshop"];

    // Blocks and shares come quickly: there is something to see.
    private static readonly TimeSpan s_blockTime = TimeSpan.FromSeconds(10);
    private const ulong ShareWork = 16_384;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-browser-");
    private readonly Random _random = new(1);
    private GatewayHost? _gateway;
    private int _boards = s_names.Length;
    private Action<GatewayOptions> _configure = _ => { };
    private TimeSpan _blockTime = s_blockTime;
    private EmbeddedChain? _chain;
    private BoardFleet? _fleet;

    /// <summary>The number of an order to several boards that was not confirmed yet.</summary>
    internal const int AskedRun = 1;

    /// <summary>The number of one that every board has its answer to.</summary>
    internal const int DoneRun = 2;

    /// <summary>The gateway.</summary>
    public GatewayHost Gateway => _gateway!;

    /// <summary>Its pages, as its owner sees them.</summary>
    internal Place Owned { get; private set; } = null!;

    /// <summary>A gateway of one's own.</summary>
    /// <param name="boards">How many boards mine.</param>
    /// <param name="configure">What is set besides.</param>
    /// <param name="blockTime">Between two blocks; ten seconds where it is left out.</param>
    internal static async Task<Farm> OfAsync(
        int boards, Action<GatewayOptions>? configure = null, TimeSpan? blockTime = null)
    {
        Farm farm = new()
        {
            _boards = boards, _configure = configure ?? (_ => { }), _blockTime = blockTime ?? s_blockTime,
        };
        await farm.InitializeAsync();
        return farm;
    }

    /// <summary>Starts gateway and boards, if there is a browser to look at them.</summary>
    public async Task InitializeAsync()
    {
        if (Needs.Missing is not null)
        {
            return;
        }

        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port, options.Http.TlsPort, options.Mqtt.TlsPort) = (0, 0, 0, 0);
        options.Storage.DataDirectory = _folder.FullName;
        options.Shares.Interval = TimeSpan.FromSeconds(1);
        options.Shares.MinWork = options.Shares.StartWork = ShareWork;
        _configure(options);
        _chain = new EmbeddedChain(
            _blockTime, () => _gateway?.ProvenHashesPerSecond ?? 0, TimeProvider.System, new MemoryChainStore());
        _gateway = GatewayHost.Create(
            options, TimeProvider.System, _random, _chain, extension: DashboardSite.Extension);
        await _gateway.StartAsync();
        Owned = await SignInAsync();
        _fleet = new BoardFleet(TimeProvider.System, 1);
        foreach (string name in s_names.Take(_boards))
        {
            PowerOn(await EnrolAsync(name));
        }

        await OrderAsync();
    }

    /// <summary>Stops both.</summary>
    public async Task DisposeAsync()
    {
        await (_fleet?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_gateway?.DisposeAsync() ?? default);
        _chain?.Dispose();
        _folder.Delete(recursive: true);
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>Makes a board known to the gateway.</summary>
    public async Task<BoardIdentity> EnrolAsync(string id)
    {
        byte[] key = new byte[32];
        _random.NextBytes(key);
        Assert.Equal(EnrolResult.Enrolled, await Gateway.EnrolAsync(id, key));
        return new BoardIdentity(id, key);
    }

    /// <summary>Lets it mine.</summary>
    public VirtualBoard PowerOn(BoardIdentity identity) => _fleet!.Add(new VirtualBoardOptions
    {
        Identity = identity,
        Gateway = new GatewayAddress("127.0.0.1", Gateway.HttpEndPoint.Port, Gateway.MqttEndPoint.Port, false),
        Pace = new ScanPace(coreShare: 0.02, hashesPerSecond: 20_000),
    });

    /// <summary>An order that waits for its owner, and one that all have but one whom nobody knows.</summary>
    private async Task OrderAsync()
    {
        DeedBook book = Gateway.Room<DeedBook>();
        string[] names = [.. s_names.Take(_boards), "nobody"];
        DeedRun asked = book.Propose(new Deed(DeedKind.Restart), names);
        DeedRun done = book.Propose(new Deed(DeedKind.Identify, 5), names);
        Assert.Equal((AskedRun, DoneRun), (asked.Number, done.Number));
        using CancellationTokenSource deadline = new(Chromium.Deadline);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (Gateway.Devices.Any(device => !device.Online))
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        await book.RunAsync(done);
    }

    /// <summary>Uses a one-time link, as the owner does at the first start.</summary>
    private async Task<Place> SignInAsync()
    {
        Uri site = new($"http://{Gateway.HttpEndPoint}");
        string code = new OwnerLink(_folder.FullName, TimeProvider.System).Create(Chromium.Deadline);
        using SocketsHttpHandler handler = new() { CookieContainer = new CookieContainer() };
        using HttpClient client = new(handler) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("Origin", site.AbsoluteUri.TrimEnd('/'));
        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            "/v1/welcome", new { Code = code, Name = "owner", Password = "correct horse battery" });
        answer.EnsureSuccessStatusCode();
        Cookie session = Assert.Single(handler.CookieContainer.GetCookies(site));
        return new Place(site, session.Name, session.Value);
    }
}
