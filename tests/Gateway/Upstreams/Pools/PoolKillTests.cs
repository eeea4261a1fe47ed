using System.Collections.Concurrent;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Upstreams.Pools;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>
/// A pool is killed and started again, again and again, while boards send shares through a whole gateway: good ones,
/// bad ones, and good ones a second time.
/// </summary>
public sealed class PoolKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 100;
    private const int Boards = 4;
    private const int SharesBetweenKills = 8;

    /// <summary>Expected hashes of a board's share, and of one that goes to the pool.</summary>
    private const ulong ShareWork = 16;
    private const ulong PoolWork = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<Hash256, ulong> _credited = new();
    private readonly ConcurrentDictionary<VerdictCode, int> _verdicts = new();
    private readonly CancellationTokenSource _enough = new();

    public void Dispose()
    {
        _enough.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false, 0u)]
    [InlineData(true, 0x1fffe000u)]
    public async Task Killed_100_times_nothing_is_credited_twice_and_nothing_sent_twice(bool resumes, uint mask)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        await using ScriptedPool pool = new ScriptedPool
        {
            Resumes = resumes,
            VersionMask = mask,
            Difficulty = (double)PoolWork / Target.DifficultyOneWork,
        }.Start();
        await using (UpstreamSelector upstreams = NewUpstreams(pool))
        await using (GatewayHost host = GatewayHost.Create(Options(), TimeProvider.System, new Random(1), upstreams))
        {
            TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
            upstreams.Changed += _ => working.TrySetResult();
            await host.StartAsync();
            upstreams.Start();
            await working.Task.WaitAsync(s_patience);
            Task[] boards = [.. Enumerable.Range(0, Boards).Select(i => Task.Run(() => MineAsync(host, i)))];
            await KillAsync(pool, random);
            await _enough.CancelAsync();
            await Task.WhenAll(boards).WaitAsync(s_patience);
        }

        using Database database = Database.Open(_directory.File("gateway.db"));
        output.WriteLine(string.Join(", ", _verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"))
            + $"; pool: {pool.Received} received, {pool.Taken.Count} taken, {pool.Connections} connections");
        AssertCreditedOnce(database);
        AssertSentOnce(database, pool);
    }

    private static async Task KillAsync(ScriptedPool pool, Random random)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            int killAt = pool.Received + random.Next(1, SharesBetweenKills);
            int silentFrom = killAt - random.Next(3);
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            pool.Answers = received =>
            {
                if (received >= killAt)
                {
                    reached.TrySetResult();
                }

                return received < silentFrom;
            };
            await reached.Task.WaitAsync(s_patience);
            await pool.KillAsync();
            pool.NewJob(newBlock: random.Next(10) == 0);
            pool.Start();
        }

        pool.Answers = _ => true;
    }

    private async Task MineAsync(GatewayHost host, int number)
    {
        string id = $"board-{number}";
        await host.EnrolAsync(id, TestStore.Key);
        await using TestBoard board = new(host.HttpEndPoint.Port, host.MqttEndPoint.Port, id, TestStore.Key);
        await board.ConnectAsync();
        ulong sequence = 1UL << 32;
        while (!_enough.IsCancellationRequested)
        {
            WorkRecord work = await board.FetchAsync();
            uint nonce = 0;
            bool current = true;
            for (int i = 0; i < 20 && current; i++)
            {
                ShareRecord share = TestBoard.Mine(work, ++sequence, nonce);
                nonce = share.Nonce + 1;
                current = await SendAsync(board, work, share);
                share.Sequence = ++sequence;
                await SendAsync(board, work, share);
                await SendAsync(board, work,
                    TestBoard.Mine(work, ++sequence, hash => hash > new UInt256(work.ShareTarget), nonce));
            }
        }
    }

    /// <summary>Sends a share, and holds the verdict against what the share is.</summary>
    private async Task<bool> SendAsync(TestBoard board, WorkRecord work, ShareRecord share)
    {
        Verdict verdict = await board.SendAsync(share);
        _verdicts.AddOrUpdate(verdict.Code, 1, (_, count) => count + 1);
        Assert.Contains(verdict.Code, new[]
        {
            VerdictCode.Accepted, VerdictCode.Duplicate, VerdictCode.LowDifficulty, VerdictCode.Stale,
            VerdictCode.UnknownJob,
        });
        if (verdict.Work > 0)
        {
            Hash256 hash = HashOf(work, share);
            Assert.True(hash.Number <= new UInt256(work.ShareTarget), "credited without work");
            Assert.True(_credited.TryAdd(hash, verdict.Work), "credited twice");
        }

        return verdict.Code is not (VerdictCode.Stale or VerdictCode.UnknownJob);
    }

    private static Hash256 HashOf(WorkRecord work, ShareRecord share)
    {
        byte[] header = [.. work.Header, 0, 0, 0, 0];
        BitConverter.TryWriteBytes(header.AsSpan(76), share.Nonce);
        return Sha256d.HashHeader(header);
    }

    private void AssertCreditedOnce(Database database)
    {
        Assert.True(_credited.Count > Kills, $"only {_credited.Count} shares were credited: no load");
        Assert.True(_verdicts[VerdictCode.Duplicate] > 0 && _verdicts[VerdictCode.LowDifficulty] > 0);
        Assert.Equal(_credited.Values.Aggregate(0UL, (sum, work) => sum + work),
            (ulong)database.Scalar("SELECT sum(work) FROM device_state"));
        Assert.Equal(_credited.Count, database.Scalar("SELECT count(*) FROM shares WHERE work > 0"));
    }

    private static void AssertSentOnce(Database database, ScriptedPool pool)
    {
        Assert.Empty(pool.SentTwice);

        // A job's block can pass away while its share is on the way; nothing else is a reason to refuse us.
        Assert.DoesNotContain(pool.Refused, reason => reason != StratumError.JobNotFound.Message);
        using Statement row = database.Prepare("SELECT hash, state FROM pool_shares");
        int accepted = 0;
        while (row.Read())
        {
            bool taken = pool.Taken.ContainsKey(new Hash256(row.Blob(0)));
            bool toldSo = row.Int64(1) == (long)PoolShareState.Accepted;
            accepted += toldSo ? 1 : 0;
            Assert.True(taken || !toldSo, "we believe in a share that the pool does not have");
        }

        Assert.True(accepted > 0);
        Assert.True(pool.Taken.Count + pool.Refused.Count == pool.Received);
    }

    private GatewayOptions Options()
    {
        GatewayOptions options = new();
        options.Http.Port = options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _directory.Path;
        options.Shares.MinWork = options.Shares.StartWork = options.Shares.MaxWork = ShareWork;
        return options;
    }

    private static UpstreamSelector NewUpstreams(ScriptedPool pool)
    {
        PoolOptions options = new() { Url = pool.Url, User = "me.gateway", Timeout = s_patience };
        Backoff backoff = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), new Random(1));
        UpstreamMetrics metrics = new();
        PoolUpstream upstream = new(options, (url, cancel) => PoolDialer.ConnectAsync(url, options, cancel),
            TimeProvider.System, backoff, metrics, NullLogger<PoolUpstream>.Instance);
        return new UpstreamSelector(
            [upstream], TimeProvider.System, metrics, NullLogger<UpstreamSelector>.Instance);
    }
}
