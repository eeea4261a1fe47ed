using System.Buffers;
using System.Text;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Upstreams.Pools;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>A session whose pool is the test: lines in, lines out, the clock by hand.</summary>
internal sealed class PoolTalk
{
    private static long s_sessions;

    public PoolTalk(PoolLease? before = null)
    {
        Session = new PoolSession(
            new PoolOptions { Url = new Uri("stratum+tcp://pool.example:3333"), User = "me.gateway", Password = "pw" },
            before,
            () => Interlocked.Increment(ref s_sessions));
    }

    public PoolSession Session { get; }

    public TimeSpan Now { get; set; }

    /// <summary>Speaks first.</summary>
    public string[] Begin() => Written(output => Session.Begin(Now, output));

    /// <summary>The usual greeting: subscription, mask and worker are granted, and there is a job.</summary>
    public PoolNews Greet(string extranonce1 = "aabbccdd", int size = 4, uint mask = 0x1fffe000, string job = "job1")
    {
        Begin();
        if (mask != 0)
        {
            Say($$"""{"id":1,"result":{"version-rolling":true,"version-rolling.mask":"{{mask:x8}}"},"error":null}""");
        }

        Say($$"""{"id":2,"result":[[["mining.notify","s1"]],"{{extranonce1}}",{{size}}],"error":null}""");
        Say("""{"id":3,"result":true,"error":null}""");
        return Say(PoolLines.Job(job)).News;
    }

    /// <summary>Hands it a line.</summary>
    public (PoolNews News, string[] Answers) Say(string line)
    {
        Assert.True(StratumMessageReader.TryRead(
            Encoding.UTF8.GetBytes(line), out StratumMessage? message, out string problem), problem);
        PoolNews news = default;
        string[] answers = Written(output => news = Session.Read(message!, Now, output));
        return (news, answers);
    }

    /// <summary>Submits a share of a template; null where nothing was sent.</summary>
    public (Task<PoolShareOutcome>? Outcome, string[] Lines) Submit(PoolNews work, uint nonce = 1, uint version = 0)
    {
        Task<PoolShareOutcome>? outcome = null;
        PoolShare share = new(work.Template!.Pool!, new byte[] { 0, 0, 0, 9 }, version, 0x6553f101, nonce);
        string[] lines = Written(output => outcome = Session.TrySubmit(share, Now, output));
        return (outcome, lines);
    }

    /// <summary>Moves the clock in steps of a tick; ends at the first verdict.</summary>
    public (string? Verdict, List<string> Lines) Pass(TimeSpan time)
    {
        List<string> lines = [];
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(250))
        {
            Now += TimeSpan.FromMilliseconds(250);
            string? verdict = null;
            lines.AddRange(Written(output => verdict = Session.Tick(Now, output)));
            if (verdict is not null)
            {
                return (verdict, lines);
            }
        }

        return (null, lines);
    }

    private static string[] Written(Action<IBufferWriter<byte>> action)
    {
        ArrayBufferWriter<byte> output = new();
        action(output);
        return Encoding.UTF8.GetString(output.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
