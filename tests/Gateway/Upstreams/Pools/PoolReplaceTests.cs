using System.Collections.Concurrent;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>
/// The list of upstreams is set anew, again and again, while boards send shares through a whole gateway: pools come,
/// go, change places and logins, and some of them are not there at all.
/// </summary>
public sealed class PoolReplaceTests(ITestOutputHelper output) : IDisposable
{
    private const int Changes = 100;
    private const int Boards = 4;

    /// <summary>Expected hashes of a board's share, and of one that goes to the pool.</summary>
    private const ulong ShareWork = 16;
    private const ulong PoolWork = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<Hash256, ulong> _credited = new();
    private readonly ConcurrentDictionary<VerdictCode, int> _verdicts = new();
    private readonly CancellationTokenSource _enough = new();
    private int _accepted;

    public void Dispose()
    {
        _enough.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Replaced_100_times_under_load_nothing_is_credited_twice_and_nothing_sent_twice()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using ScriptedPool first = NewPool();
        await using ScriptedPool second = NewPool();
        await using (UpstreamSelector upstreams = NewUpstreams(first))
        await using (GatewayHost host = GatewayHost.Create(
            Options(first), TimeProvider.System, new Random(1), upstreams))
        {
            TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
            upstreams.Changed += _ => working.TrySetResult();
            await host.StartAsync();
            upstreams.Start();
            await working.Task.WaitAsync(s_patience);
            Task[] boards = [.. Enumerable.Range(0, Boards).Select(i => Task.Run(() => MineAsync(host, i)))];
            await ChangeAsync(host.Room<SettingsDesk>(), upstreams, first, second, new Random(seed));
            await _enough.CancelAsync();
            await Task.WhenAll(boards).WaitAsync(s_patience);

            // Pools that were taken out stay for their answers: what was sent is answered before the gateway ends.
            await Mqtt.Tests.Waiting.UntilAsync(() => Unanswered() == 0);
        }

        using Database database = Database.Open(_directory.File("gateway.db"));
        output.WriteLine(string.Join(", ", _verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"))
            + $"; pools received {first.Received} and {second.Received} shares on {first.Connections} and "
            + $"{second.Connections} connections");
        AssertCreditedOnce(database);
        AssertSentOnce(database, first, second);
    }

    /// <summary>Each change waits for shares that count under the one before: there is work all the time.</summary>
    private async Task ChangeAsync(
        SettingsDesk desk, UpstreamSelector upstreams, ScriptedPool first, ScriptedPool second, Random random)
    {
        for (int change = 0; change < Changes; change++)
        {
            string user = $"me.{random.Next(2)}";
            UpstreamOptions one = new() { Url = $"{first.Url}", User = user, Timeout = TimeSpan.FromMinutes(1) };
            UpstreamOptions two = new() { Url = $"{second.Url}", User = "me.too", Timeout = TimeSpan.FromMinutes(1) };
            UpstreamOptions nobody = new() { Url = "stratum+tcp://localhost:1", User = "me" };
            UpstreamOptions[] list = random.Next(5) switch
            {
                0 => [one],
                1 => [two],
                2 => [two, one],
                3 => [nobody, one, two],
                _ => [nobody],
            };
            desk.SaveUpstreams(list);
            Assert.NotNull(upstreams.Current);
            Assert.Equal(list.Length, upstreams.Reports().Count(report => !report.Leaving));
            int enough = Volatile.Read(ref _accepted) + random.Next(1, 8);
            await Mqtt.Tests.Waiting.UntilAsync(() => Volatile.Read(ref _accepted) >= enough);
        }
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
            VerdictCode.Accepted, VerdictCode.Duplicate, VerdictCode.Stale, VerdictCode.UnknownJob,
        });
        if (verdict.Work > 0)
        {
            byte[] header = [.. work.Header, 0, 0, 0, 0];
            BitConverter.TryWriteBytes(header.AsSpan(76), share.Nonce);
            Hash256 hash = Sha256d.HashHeader(header);
            Assert.True(hash.Number <= new UInt256(work.ShareTarget), "credited without work");
            Assert.True(_credited.TryAdd(hash, verdict.Work), "credited twice");
            Interlocked.Increment(ref _accepted);
        }

        return verdict.Code is not (VerdictCode.Stale or VerdictCode.UnknownJob);
    }

    private void AssertCreditedOnce(Database database)
    {
        Assert.True(_credited.Count >= Changes, $"only {_credited.Count} shares were credited: no load");
        Assert.Equal(_credited.Values.Aggregate(0UL, (sum, work) => sum + work),
            (ulong)database.Scalar("SELECT sum(work) FROM device_state"));
        Assert.Equal(_credited.Count, database.Scalar("SELECT count(*) FROM shares WHERE work > 0"));
    }

    private static void AssertSentOnce(Database database, params ScriptedPool[] pools)
    {
        Assert.All(pools, pool => Assert.Empty(pool.SentTwice));
        Assert.All(pools, pool => Assert.DoesNotContain(
            pool.Refused, reason => reason != StratumError.JobNotFound.Message));
        using Statement row = database.Prepare("SELECT hash, state FROM pool_shares");
        int accepted = 0;
        while (row.Read())
        {
            bool isTaken = pools.Any(pool => pool.Taken.ContainsKey(new Hash256(row.Blob(0))));
            bool isToldSo = row.Int64(1) == (long)PoolShareState.Accepted;
            accepted += isToldSo ? 1 : 0;
            Assert.True(isTaken || !isToldSo, "we believe in a share that no pool has");

            // Only so many that were taken out stay for their answers: of the others' shares it is said that nobody
            // knows, never that they were refused or not sent.
            PoolShareState state = (PoolShareState)row.Int64(1);
            Assert.True(!isTaken || isToldSo || state == PoolShareState.Unknown, $"a pool has a share that is {state}");
        }

        Assert.True(accepted > 0);
    }

    private long Unanswered()
    {
        using Database database = Database.Open(_directory.File("gateway.db"));
        return database.Scalar("SELECT count(*) FROM pool_shares WHERE state=0");
    }

    private static ScriptedPool NewPool() =>
        new ScriptedPool { Difficulty = (double)PoolWork / Target.DifficultyOneWork }.Start();

    private GatewayOptions Options(ScriptedPool pool)
    {
        GatewayOptions options = GatewayConfiguration.Load(
        [
            "--Http:Port=0", "--Mqtt:Port=0", $"--Storage:DataDirectory={_directory.Path}",
            $"--Shares:MinWork={ShareWork}", $"--Shares:StartWork={ShareWork}", $"--Shares:MaxWork={ShareWork}",
        ], _directory.Path);
        options.Upstreams.Add(OptionsOf(pool));
        return options;
    }

    private static UpstreamOptions OptionsOf(ScriptedPool pool) =>
        new() { Url = $"{pool.Url}", User = "me.0", Timeout = TimeSpan.FromMinutes(1) };

    private static UpstreamSelector NewUpstreams(ScriptedPool pool) => UpstreamList.Create(
        [OptionsOf(pool)],
        () => throw new InvalidOperationException("No chain of our own is named."), TimeProvider.System,
        new Random(1), NullLoggerFactory.Instance);
}
