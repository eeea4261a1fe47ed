using System.Collections.Concurrent;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Xunit.Abstractions;

namespace MicroFirmware.Gateway.Tests.Crash;

/// <summary>
/// kill -9 under load, again and again on the same directory. What was acknowledged is in the store, with the verdict
/// that was told, and nothing is credited twice, although boards send again whatever was not acknowledged. The ledger
/// follows, and holds the same work.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 50;
    private const int Boards = 4;
    private const int InFlight = 10;
    private const int MostAcknowledged = 1_000;
    private const int MostSpins = 200_000;

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<(int Board, ulong Sequence), bool> _acknowledged = new();
    private readonly ConcurrentDictionary<(int Board, ulong Sequence), (long Code, long Work)> _told = new();
    private readonly ConcurrentQueue<(int Board, ShareRecord Share)> _unanswered = new();
    private int _round;
    private int _recalled;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kill_at_random_moments_loses_nothing_acknowledged_and_credits_nothing_twice()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < Kills; round++)
        {
            await RunUntilKilledAsync(round, random.Next(1, MostAcknowledged), random.Next(MostSpins));
        }

        using Database database = Database.Open(_directory.File("gateway.db"));
        long all = database.Scalar("SELECT count(*) FROM shares");
        output.WriteLine($"{_acknowledged.Count} acknowledged, {all} stored; "
            + $"{_recalled} were stored before a kill and acknowledged after it");
        AssertStored(database);
        Assert.Equal(database.Scalar("SELECT sum(work) FROM shares"),
            database.Scalar("SELECT sum(work) FROM device_state"));
        Assert.Equal(database.Scalar("SELECT count(*) FROM shares WHERE verdict = 0"),
            database.Scalar("SELECT sum(accepted) FROM device_state"));
        Assert.Equal(database.Scalar("SELECT count(*) FROM shares WHERE verdict IN (2, 3)"),
            database.Scalar("SELECT sum(stale) FROM device_state"));
        Assert.Equal(0, database.Scalar("SELECT count(*) FROM shares WHERE verdict NOT IN (0, 2)"));
        await LedgerAfterCrash.AssertAsync(_directory.Path, database);
    }

    private async Task RunUntilKilledAsync(int round, int killAt, int spins)
    {
        _round = round;
        using ChildGateway gateway = await ChildGateway.StartAsync(_directory.Path, Boards);
        int left = killAt;
        void OnAcknowledged()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                // A commit later or two, at any point of one: acknowledgements come in bursts after each.
                Thread.SpinWait(spins);
                gateway.Kill();
            }
        }

        (int Board, ShareRecord Share)[] again = [.. _unanswered];
        _unanswered.Clear();

        // All have their work before any of them shares: the kill comes while they share, not while they connect.
        (TestBoard Board, WorkRecord Work)[] boards = await Task.WhenAll(Enumerable.Range(0, Boards)
            .Select(number => Task.Run(() => ConnectAsync(gateway, number, round))));
        await Task.WhenAll(boards.Select((board, number) => Task.Run(async () =>
        {
            await using TestBoard _ = board.Board;
            ShareSource source = new(board.Work, round, again.Where(a => a.Board == number).Select(a => a.Share));
            await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ =>
                PublishAsync(board.Board, number, source, OnAcknowledged)));
        })));
    }

    private async Task<(TestBoard Board, WorkRecord Work)> ConnectAsync(ChildGateway gateway, int number, int round)
    {
        TestBoard board = await gateway.ConnectAsync(number, round);
        board.Heard = told => Remember(number, told);
        return (board, await board.FetchAsync());
    }

    private async Task PublishAsync(TestBoard board, int number, ShareSource source, Action onAcknowledged)
    {
        while (true)
        {
            ShareRecord share = source.Next();
            byte[] octets = new byte[ShareRecord.Length];
            share.Write(octets, 0, Storage.TestStore.Key, board.Id);
            try
            {
                await board.Mqtt.PublishAsync(Topics.Share(board.Id), octets, QualityOfService.AtLeastOnce);
            }
            catch (MqttException)
            {
                _unanswered.Enqueue((number, share));
                return;
            }

            _acknowledged[(number, share.Sequence)] = true;
            onAcknowledged();
        }
    }

    /// <summary>A verdict that is told again is the one that was told first.</summary>
    private void Remember(int board, Verdict verdict)
    {
        (long, long) told = ((long)verdict.Code, (long)verdict.Work);
        Assert.Equal(told, _told.GetOrAdd((board, verdict.Sequence), told));
        if (verdict.IsAccepted && (int)(verdict.Sequence >> 32) < _round)
        {
            Interlocked.Increment(ref _recalled);
        }
    }

    private void AssertStored(Database database)
    {
        Dictionary<(int, ulong), (long, long)> stored = [];
        using Statement row = database.Prepare(
            "SELECT name, sequence, verdict, work FROM shares JOIN devices ON id = device");
        while (row.Read())
        {
            // The table's key lets no device and sequence stand there twice; Add says so once more.
            stored.Add((int.Parse(row.Text(0)["board-".Length..]), (ulong)row.Int64(1)), (row.Int64(2), row.Int64(3)));
        }

        Assert.DoesNotContain(_acknowledged.Keys, share => !stored.ContainsKey(share));
        Assert.All(_told, told => Assert.Equal(stored[told.Key], told.Value));
    }

    /// <summary>First what was not acknowledged before, then new shares without end.</summary>
    private sealed class ShareSource(WorkRecord work, int round, IEnumerable<ShareRecord> again)
    {
        private readonly Queue<ShareRecord> _again = new(again);
        private uint _nonce;

        public ShareRecord Next()
        {
            lock (_again)
            {
                return _again.TryDequeue(out ShareRecord? old) ? old
                    : TestBoard.Mine(work, ((ulong)round << 32) + ++_nonce, fromNonce: _nonce);
            }
        }
    }
}
