using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Bench.Shares;

/// <summary>A fresh gateway on loopback with its load boards connected and their shares signed.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("share-path-").FullName;
    private readonly List<LoadBoard> _boards = [];
    private GatewayHost _gateway = null!;

    public IReadOnlyList<LoadBoard> Boards => _boards;

    public static async Task<LoadRun> StartAsync(int connections, int sharesEach)
    {
        LoadRun run = new();
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = run._directory;
        run._gateway = GatewayHost.Create(options, TimeProvider.System, new Random(1), new EasyUpstream());
        await run._gateway.StartAsync();
        for (int i = 0; i < connections; i++)
        {
            run._boards.Add(await LoadBoard.StartAsync(run._gateway, i, sharesEach));
        }

        GC.Collect();
        return run;
    }

    /// <summary>Every share that was acknowledged must be in the store, once, and accepted.</summary>
    public void Check()
    {
        long expected = _boards.Sum(board => (long)board.LatencyMs.Length);
        using Database database = Database.Open(Path.Combine(_directory, "gateway.db"));
        long stored = database.Scalar("SELECT count(*) FROM shares WHERE verdict=0");
        GatewayStatistics.StoreFigures store = _gateway.Statistics.Store;
        Console.WriteLine($"  {stored} of {expected} stored, {_boards.Sum(b => b.Accepted)} verdicts so far; "
            + $"{store.Commits} commits of {(double)store.Entries / store.Commits:0} entries, "
            + $"{store.BusySeconds:0.00} s in the store");
        if (stored != expected)
        {
            throw new InvalidOperationException($"{expected} shares were acknowledged, {stored} are stored.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadBoard board in _boards)
        {
            await board.DisposeAsync();
        }

        await _gateway.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
