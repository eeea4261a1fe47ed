using System.Net;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Demo;

/// <summary>
/// A gateway on free ports of this machine, with its embedded chain and a data folder that goes with it.
/// </summary>
internal sealed class DemoGateway : IAsyncDisposable
{
    /// <summary>A share per board every two seconds: enough to watch, few enough to read.</summary>
    private static readonly TimeSpan s_shareInterval = TimeSpan.FromSeconds(2);

    /// <summary>A share per board every two seconds from 128 H/s on, slower than any scanner.</summary>
    public const ulong DefaultLeastShareWork = 256;

    private readonly DirectoryInfo _folder;
    private readonly LocalGateway _gateway;

    private DemoGateway(DirectoryInfo folder, LocalGateway gateway) => (_folder, _gateway) = (folder, gateway);

    /// <summary>The gateway.</summary>
    public GatewayHost Host => _gateway.Host;

    /// <summary>Where boards reach it.</summary>
    public GatewayAddress Address =>
        new(IPAddress.Loopback.ToString(), Host.HttpEndPoint.Port, Host.MqttEndPoint.Port, false);

    /// <summary>Starts it.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="leastShareWork">Expected hashes of the easiest share that it asks for.</param>
    /// <exception cref="CommandFailure">It cannot start.</exception>
    public static async Task<DemoGateway> StartAsync(TimeProvider time, ulong leastShareWork)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("micro-demo-");
        var options = new GatewayOptions();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = folder.FullName;

        // Gone in a minute, and nothing in it is worth a password.
        options.Owner.TrustLoopback = true;
        options.Shares.Interval = s_shareInterval;
        options.Shares.MinWork = leastShareWork;
        options.Shares.StartWork = Math.Max(leastShareWork, options.Shares.StartWork);
        try
        {
            return new DemoGateway(folder, await LocalGateway.StartAsync(options, () => new MemoryChainStore(), time));
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Makes boards known.</summary>
    public async Task EnrolAsync(IEnumerable<BoardIdentity> boards)
    {
        foreach (BoardIdentity board in boards)
        {
            EnrolResult result = await Host.EnrolAsync(board.Id, board.Key);
            if (result != EnrolResult.Enrolled)
            {
                throw new CommandFailure(ExitCode.Internal, $"{board.Id} was not enrolled: {result}", "report this");
            }
        }
    }

    /// <summary>Stops it and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
