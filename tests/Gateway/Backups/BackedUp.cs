using MicroFirmware.Gateway.Backups;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Backups;

/// <summary>A gateway, its backup, and a gateway on what was restored of it.</summary>
internal sealed class BackedUp : IAsyncDisposable
{
    private const string Program = "0.0.0-test";

    private readonly TemporaryDirectory _folder = new();

    private BackedUp(RunningGateway gateway) => Gateway = gateway;

    /// <summary>The one that is backed up while it runs.</summary>
    public RunningGateway Gateway { get; }

    /// <summary>The backup.</summary>
    public string File => _folder.File("gateway.backup");

    /// <summary>Where it is restored to.</summary>
    public string Restored => _folder.File("restored");

    public static async Task<BackedUp> StartAsync() => new(await RunningGateway.StartAsync());

    /// <summary>Takes the backup.</summary>
    public BackupReport Write() =>
        BackupWriter.Write(Path.GetDirectoryName(Gateway.DatabasePath)!, File, Program, TimeProvider.System);

    /// <summary>Restores it.</summary>
    public BackupReport Restore() => BackupReader.Restore(File, Restored, TimeProvider.System);

    /// <summary>Starts a gateway on what was restored.</summary>
    public async Task<GatewayHost> StartRestoredAsync()
    {
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port, options.Storage.DataDirectory) = (0, 0, Restored);
        options.Shares.StartWork = RunningGateway.ShareWork;
        FixedUpstream upstream = new();
        upstream.Publish(1, RunningGateway.BlockWork);
        GatewayHost host = GatewayHost.Create(options, TimeProvider.System, new Random(2), upstream);
        await host.StartAsync();
        return host;
    }

    /// <summary>Reads the restored share store.</summary>
    public Database OpenRestored() => Database.Open(Path.Combine(Restored, "gateway.db"));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }
}
