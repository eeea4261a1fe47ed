using System.Net.Http.Headers;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>
/// A gateway on loopback with ports of the system's choice, a directory of its own and a fixed upstream.
/// </summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>Hashes a share takes here: found at once.</summary>
    public const ulong ShareWork = 64;

    /// <summary>Hashes a block takes: some seconds of one core, unless a test asks for less.</summary>
    public const ulong BlockWork = 1UL << 40;

    private readonly TemporaryDirectory _directory = new();
    private readonly TimeProvider _time;

    private RunningGateway(TimeProvider time) => _time = time;

    public FixedUpstream Upstream { get; } = new();

    public GatewayHost Host { get; private set; } = null!;

    public string DatabasePath => Options.Storage.DatabasePath;

    /// <summary>The owner token, as its first start showed it.</summary>
    public AccessCode OwnerToken { get; private set; } = null!;

    private GatewayOptions Options { get; } = new();

    private GatewayExtension? Extension { get; init; }

    public static async Task<RunningGateway> StartAsync(
        Action<GatewayOptions>? configure = null,
        ulong blockWork = BlockWork,
        TimeProvider? time = null,
        GatewayExtension? extension = null)
    {
        RunningGateway gateway = new(time ?? TimeProvider.System) { Extension = extension };
        gateway.Options.Http.Port = 0;
        gateway.Options.Mqtt.Port = 0;
        gateway.Options.Shares.StartWork = ShareWork;
        gateway.Options.Storage.DataDirectory = gateway._directory.Path;
        configure?.Invoke(gateway.Options);
        if (blockWork > 0)
        {
            gateway.Upstream.Publish(1, blockWork);
        }

        await gateway.OpenAsync();
        return gateway;
    }

    /// <summary>Stops and starts again on the same directory; ports change.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Starts again after a start that failed.</summary>
    public Task OpenAgainAsync() => OpenAsync();

    public async Task<TestBoard> EnrolAsync(string id, bool connect = true)
    {
        await Host.EnrolAsync(id, TestStore.Key);
        return await BoardAsync(id, connect);
    }

    /// <summary>A board that is enrolled already.</summary>
    public async Task<TestBoard> BoardAsync(string id, bool connect = true)
    {
        TestBoard board = new(Host.HttpEndPoint.Port, Host.MqttEndPoint.Port, id, TestStore.Key);
        if (connect)
        {
            await board.ConnectAsync();
        }

        return board;
    }

    /// <summary>A client at the gateway's plain door that sends a bearer token; the owner's unless told otherwise.
    /// </summary>
    public HttpClient Client(string? token = null)
    {
        HttpClient http = new() { BaseAddress = new Uri($"http://{Host.HttpEndPoint}") };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", token ?? OwnerToken.Reveal());
        return http;
    }

    public long Scalar(string sql)
    {
        using Database reader = Database.Open(DatabasePath);
        return reader.Scalar(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _directory.Dispose();
    }

    private async Task OpenAsync()
    {
        Host = GatewayHost.Create(Options, _time, new Random(1), Upstream, extension: Extension);
        await Host.StartAsync();
        OwnerToken = Host.NewOwnerToken ?? OwnerToken;
    }
}
