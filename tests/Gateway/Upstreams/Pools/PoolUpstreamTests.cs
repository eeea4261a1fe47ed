using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Upstreams.Pools;
using MicroFirmware.Mqtt.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>The client on real sockets against a pool that hashes every share itself.</summary>
public sealed class PoolUpstreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0u, 4, false)]
    [InlineData(0x1fffe000u, 8, false)]
    [InlineData(0x00006000u, 2, false)]
    [InlineData(0u, 4, true)]
    public async Task Pool_takes_what_we_hold_for_a_share(uint mask, int extranonce2Size, bool tls)
    {
        await using ScriptedPool pool = new ScriptedPool
        {
            VersionMask = mask,
            Extranonce2Size = extranonce2Size,
            Certificate = tls ? TestCertificates.Server : null,
        }.Start();
        await using PoolUpstream upstream = NewUpstream(pool, tls ? [TestCertificates.Authority] : null);
        Job job = await NextJobAsync(upstream, upstream.Start);

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(new PoolShareOutcome(PoolShareState.Accepted), await SubmitAsync(upstream, Mine(job)));
        }

        Assert.Equal((20, 0), (pool.Taken.Count, pool.Refused.Count));
        PoolReport report = upstream.Reports()[0].Pool!;
        Assert.Equal((20, 0, 0, 0), (report.Accepted, report.Rejected, report.Unknown, report.Lost));
        Assert.Equal((extranonce2Size, mask.ToString("x8")), (report.ExtranonceSize, report.VersionMask));
        Assert.True(report.LatencyMs > 0);
    }

    [Fact]
    public async Task Verdict_of_the_pool_is_told_in_its_words()
    {
        await using ScriptedPool pool = new ScriptedPool().Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        Job job = await NextJobAsync(upstream, upstream.Start);
        PoolShare share = Mine(job);
        await SubmitAsync(upstream, share);
        Assert.Equal(new PoolShareOutcome(PoolShareState.Rejected, StratumError.DuplicateShare.Message),
            await SubmitAsync(upstream, share));
        Assert.Equal(new PoolShareOutcome(PoolShareState.Rejected, StratumError.LowDifficulty.Message),
            await SubmitAsync(upstream, share with { Nonce = share.Nonce + 1, NTime = share.NTime + 1 }));
    }

    [Fact]
    public async Task Certificate_of_a_stranger_is_refused()
    {
        await using ScriptedPool pool = new ScriptedPool { Certificate = TestCertificates.Server }.Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        upstream.Start();
        await UntilAsync(() => upstream.Reports()[0].Problem is not null);
        Assert.Contains("cannot be reached", upstream.Reports()[0].Problem);
        Assert.False(upstream.Healthy);
    }

    [Fact]
    public async Task Worker_that_is_refused_is_told_and_the_password_is_not()
    {
        await using ScriptedPool pool = new ScriptedPool().Start();
        await using PoolUpstream upstream = NewUpstream(pool, user: "nobody");
        upstream.Start();
        await UntilAsync(() => upstream.Reports()[0].Problem is not null);
        Assert.Contains("refuses the worker: Unauthorized worker", upstream.Reports()[0].Problem);
        Assert.DoesNotContain("secret", upstream.Reports()[0].Problem);
    }

    [Fact]
    public async Task Share_found_while_the_pool_is_away_is_sent_when_its_session_is_resumed()
    {
        await using ScriptedPool pool = new ScriptedPool { Resumes = true }.Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        Job job = await NextJobAsync(upstream, upstream.Start);
        await pool.KillAsync();
        await UntilAsync(() => !upstream.Healthy);
        Task<PoolShareOutcome> waiting = SubmitAsync(upstream, Mine(job));
        Job again = await NextJobAsync(upstream, () => pool.Start());

        Assert.Equal(PoolShareState.Accepted, (await waiting).State);
        Assert.Equal(job.Template.Pool!.Session, again.Template.Pool!.Session);
        Assert.False(again.Template.Clean);
        Assert.Equal((1, 1), (pool.Received, pool.Taken.Count));
    }

    [Fact]
    public async Task Share_of_a_session_that_is_gone_is_lost_and_never_sent()
    {
        await using ScriptedPool pool = new ScriptedPool().Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        Job job = await NextJobAsync(upstream, upstream.Start);
        await pool.KillAsync();
        await UntilAsync(() => !upstream.Healthy);
        Task<PoolShareOutcome> waiting = SubmitAsync(upstream, Mine(job));
        Job again = await NextJobAsync(upstream, () => pool.Start());

        Assert.Equal(PoolShareState.Lost, (await waiting).State);
        Assert.Equal(PoolShareState.Lost, (await SubmitAsync(upstream, Mine(job))).State);
        Assert.True(again.Template.Clean);
        Assert.Equal(PoolShareState.Accepted, (await SubmitAsync(upstream, Mine(again))).State);
        Assert.Equal(1, pool.Received);
    }

    [Fact]
    public async Task Share_without_an_answer_is_unknown_and_never_sent_again()
    {
        await using ScriptedPool pool = new ScriptedPool { Resumes = true, Answers = _ => false }.Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        Job job = await NextJobAsync(upstream, upstream.Start);
        Task<PoolShareOutcome> outcome = SubmitAsync(upstream, Mine(job));
        await UntilAsync(() => pool.Received == 1);
        await pool.KillAsync();
        Assert.Equal(PoolShareState.Unknown, (await outcome).State);

        pool.Answers = _ => true;
        Job again = await NextJobAsync(upstream, () => pool.Start());
        await SubmitAsync(upstream, Mine(again));
        Assert.Equal(2, pool.Received);
        Assert.Empty(pool.SentTwice);
    }

    [Fact]
    public async Task Reconnect_within_the_domain_is_followed_and_elsewhere_is_not()
    {
        await using ScriptedPool pool = new ScriptedPool().Start();
        await using ScriptedPool other = new ScriptedPool().Start();
        await using PoolUpstream upstream = NewUpstream(pool);
        await NextJobAsync(upstream, upstream.Start);
        await NextJobAsync(upstream, () => pool.Say(output => StratumWriter.Message(
            output, new StratumMessage.Reconnect("localhost", other.Url.Port, 0))));
        Assert.Equal((1, 1), (pool.Connections, other.Connections));

        await NextJobAsync(upstream, () => other.Say(output => StratumWriter.Message(
            output, new StratumMessage.Reconnect("127.0.0.1", other.Url.Port, 0))));
        Assert.Equal((2, 1), (pool.Connections, other.Connections));
    }

    private static PoolUpstream NewUpstream(
        ScriptedPool pool, X509Certificate2Collection? authorities = null, string user = "me.gateway")
    {
        PoolOptions options = new()
        {
            Url = pool.Url,
            User = user,
            Password = "secret",
            Authorities = authorities,
            Timeout = s_patience,
        };
        return new PoolUpstream(options, (url, cancel) => PoolDialer.ConnectAsync(url, options, cancel),
            TimeProvider.System, new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), new Random(1)),
            new UpstreamMetrics(), NullLogger<PoolUpstream>.Instance);
    }

    /// <summary>The first job after something was done.</summary>
    private static async Task<Job> NextJobAsync(PoolUpstream upstream, Action act)
    {
        TaskCompletionSource<BlockTemplate> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Changed += template => next.TrySetResult(template);
        act();
        return new Job(1, await next.Task.WaitAsync(s_patience), clean: true, startPrefix: 0, new JobOptions());
    }

    private static PoolShare Mine(Job job)
    {
        Assert.True(job.TryGrant(0, ulong.MaxValue, out LaneGrant grant));
        BlockHeader header = grant.Header with { Version = grant.Header.Version | grant.VersionMask };
        while (header.Hash().Number > job.UpstreamTarget)
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return new PoolShare(
            job.Template.Pool!, job.ExtranonceOf(grant.Lane), header.Version, header.Time, header.Nonce);
    }

    private static Task<PoolShareOutcome> SubmitAsync(PoolUpstream upstream, PoolShare share) =>
        upstream.SubmitAsync(share).WaitAsync(s_patience);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        using CancellationTokenSource patience = new(s_patience);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
