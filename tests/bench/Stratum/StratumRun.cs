using MicroFirmware.Bench.Shares;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Storage;

namespace MicroFirmware.Bench.Stratum;

/// <summary>A fresh gateway on loopback with its miners connected and their shares written.</summary>
internal sealed class StratumRun : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stratum-").FullName;
    private readonly List<LoadMiner> _miners = [];

    private StratumRun(GatewayOptions options)
    {
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Stratum.Port = 0;
        options.Stratum.MaxConnectionsPerAddress = options.Stratum.MaxConnectsPerAddressPerSecond = 0;
        options.Storage.DataDirectory = _directory;

        // Every hash is a share, and stays one.
        options.Shares.MinWork = options.Shares.StartWork = options.Shares.MaxWork = 1;
        Gateway = GatewayHost.Create(options, TimeProvider.System, new Random(1), new EasyUpstream());
    }

    public GatewayHost Gateway { get; }

    public IReadOnlyList<LoadMiner> Miners => _miners;

    public static async Task<StratumRun> StartAsync(int connections, int sharesEach)
    {
        StratumRun run = new(new GatewayOptions());
        await run.Gateway.StartAsync();
        for (int i = 0; i < connections; i++)
        {
            LoadMiner miner = await LoadMiner.ConnectAsync(run.Gateway.StratumEndPoint!.Port, i);
            miner.Prepare(i, sharesEach);
            run._miners.Add(miner);
        }

        GC.Collect();
        return run;
    }

    /// <summary>Every share must have been accepted, and be in the store once.</summary>
    public void Check(int expected)
    {
        using Database database = Database.Open(Path.Combine(_directory, "gateway.db"));
        long stored = database.Scalar("SELECT count(*) FROM shares WHERE verdict=0");
        int accepted = _miners.Sum(miner => miner.Accepted);
        GatewayStatistics.StoreFigures store = Gateway.Statistics.Store;
        Console.WriteLine($"  {stored} of {expected} stored; {store.Commits} commits of "
            + $"{(double)store.Entries / store.Commits:0} entries, {store.BusySeconds:0.00} s in the store");
        if (stored != expected || accepted != expected)
        {
            throw new InvalidOperationException($"Of {expected} shares {accepted} were accepted and {stored} stored.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _miners.ForEach(miner => miner.Dispose());
        await Gateway.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
