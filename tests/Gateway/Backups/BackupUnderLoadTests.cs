using System.Collections.Concurrent;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Backups;

/// <summary>A backup that is taken while boards send shares and the ledger books them.</summary>
public sealed class BackupUnderLoadTests
{
    private const int Boards = 3;
    private const int Before = 60;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<(string Board, ulong Sequence), Verdict> _acknowledged = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Backup_under_load_has_every_share_acknowledged_before_it_and_a_ledger_that_verifies()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        using CancellationTokenSource stop = new();
        IEnumerable<Task> boards = Enumerable.Range(1, Boards)
            .Select(number => MineAsync(backedUp.Gateway, $"board-{number}", stop.Token));
        Task load = Task.WhenAll([.. boards, BookAsync(backedUp.Gateway.Host, stop.Token)]);
        (string Board, ulong Sequence)[] before;
        try
        {
            await Task.WhenAny(_enough.Task, load).WaitAsync(s_patience);
            before = [.. _acknowledged.Keys];
            await Task.Run(backedUp.Write).WaitAsync(s_patience);
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }

        backedUp.Restore();

        AssertHas(backedUp, before);
        Int128 booked = WorkBookedIn(backedUp.Restored);
        await using GatewayHost restored = await backedUp.StartRestoredAsync();
        await restored.Room<RewardDesk>().RoundAsync();
        Int128 stored = restored.Room<Journal>().Accounts(0, int.MaxValue).Aggregate(Int128.Zero, AddWork);
        Assert.InRange(booked, Int128.Zero, stored);
        using Database shares = backedUp.OpenRestored();
        Assert.Equal(shares.Scalar("SELECT sum(work) FROM shares"), stored);
    }

    private async Task MineAsync(RunningGateway gateway, string id, CancellationToken stop)
    {
        await using TestBoard board = await gateway.EnrolAsync(id);
        WorkRecord work = await board.FetchAsync();
        uint nonce = 0;
        for (ulong sequence = 1UL << 32; !stop.IsCancellationRequested; sequence++)
        {
            ShareRecord share = TestBoard.Mine(work, sequence, nonce);
            nonce = share.Nonce + 1;
            _acknowledged[(id, sequence)] = await board.SendAsync(share);
            if (_acknowledged.Count >= Before)
            {
                _enough.TrySetResult();
            }
        }
    }

    private static async Task BookAsync(GatewayHost host, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await host.Room<RewardDesk>().RoundAsync();
            await Task.Yield();
        }
    }

    private void AssertHas(BackedUp backedUp, (string Board, ulong Sequence)[] acknowledged)
    {
        Assert.True(acknowledged.Length >= Before, $"only {acknowledged.Length} shares were acknowledged");
        using Database database = backedUp.OpenRestored();
        Statement find = database.Prepare(
            "SELECT work FROM shares JOIN devices ON id = device WHERE name = ?1 AND sequence = ?2");
        foreach ((string board, ulong sequence) in acknowledged)
        {
            Assert.True(find.Bind(1, board).Bind(2, (long)sequence).Read(), $"{board} {sequence:x} is missing");
            Assert.Equal((long)_acknowledged[(board, sequence)].Work, find.Int64(0));
            find.Reset();
        }

        Assert.Equal(database.Scalar("SELECT sum(work) FROM shares"),
            database.Scalar("SELECT sum(work) FROM device_state"));
    }

    private static Int128 WorkBookedIn(string directory)
    {
        using ILedgerStore store = SqliteLedgerStore.Open(Path.Combine(directory, "ledger.db"));
        return BookCheck.Verify(store).Balances.Aggregate(Int128.Zero, AddWork);
    }

    private static Int128 AddWork(Int128 sum, Balance balance) =>
        Account.DeviceOfWork(balance.Account.Name) is null ? sum : sum + balance.Credits;
}
