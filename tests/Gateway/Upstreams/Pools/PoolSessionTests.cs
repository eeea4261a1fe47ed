using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Gateway.Upstreams.Pools;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

public sealed class PoolSessionTests
{
    private readonly PoolTalk _talk = new();

    [Fact]
    public void Greeting_asks_for_version_rolling_first_and_authorises_once_subscribed()
    {
        Assert.Equal(
        [
            """{"id":1,"method":"mining.configure","params":[["version-rolling"],"""
                + """{"version-rolling.mask":"1fffe000","version-rolling.min-bit-count":2}]}""",
            """{"id":2,"method":"mining.subscribe","params":["MicroFirmware/1"]}""",
        ], _talk.Begin());
        Assert.Equal(
        [
            """{"id":4,"method":"mining.extranonce.subscribe","params":[]}""",
            """{"id":3,"method":"mining.authorize","params":["me.gateway","pw"]}""",
            """{"id":5,"method":"mining.ping","params":[]}""",
        ], _talk.Say("""{"id":2,"result":[[["mining.notify","s1"]],"aabbccdd",4],"error":null}""").Answers);
        Assert.False(_talk.Session.IsReady);
    }

    [Theory]
    [InlineData(0x1fffe000u)]
    [InlineData(0x0000e000u)]
    [InlineData(0u)]
    public void Job_becomes_a_template_with_the_pools_coinbase(uint mask)
    {
        BlockTemplate template = _talk.Greet(mask: mask).Template!;
        Assert.Equal((0x20000000u, mask, 0x6553f100u, 0x1d00ffffu, 100, true),
            (template.Version, template.VersionMask, template.Time, template.Bits, template.Height, template.Clean));
        PoolWork pool = template.Pool!;
        Assert.Equal(("job1", 4), (pool.JobId, pool.Coinbase.ExtranonceSize));
        Assert.Equal("aabbccdd", Convert.ToHexStringLower(pool.Coinbase.Prefix[^4..]));
        Assert.Equal(Target.FromDifficulty(1), pool.ShareTarget);
        Assert.True(_talk.Session.IsReady);
    }

    [Fact]
    public void Version_rolling_under_names_that_are_no_unicode_is_none()
    {
        _talk.Begin();
        _talk.Say("""{"id":1,"result":{"version-rolling":true,"\ud8004294967296":"1fffe000"},"error":null}""");
        _talk.Say("""{"id":2,"result":[[["mining.notify","s1"]],"aabbccdd",4],"error":null}""");
        _talk.Say("""{"id":3,"result":true,"error":null}""");
        Assert.Equal(0u, _talk.Say(PoolLines.Job()).News.Template!.VersionMask);
    }

    [Fact]
    public void No_work_before_the_worker_is_authorised()
    {
        _talk.Begin();
        _talk.Say("""{"id":2,"result":[[["mining.notify","s1"]],"aabbccdd",4],"error":null}""");
        Assert.Null(_talk.Say(PoolLines.Job()).News.Template);
        Assert.NotNull(_talk.Say("""{"id":3,"result":true,"error":null}""").News.Template);
    }

    [Theory]
    [InlineData("""{"id":3,"result":false,"error":null}""", "refuses the worker")]
    [InlineData("""{"id":3,"result":null,"error":[24,"Unauthorized worker",null]}""", "Unauthorized worker")]
    [InlineData("""{"id":2,"result":null,"error":[20,"Too many",null]}""", "Too many")]
    [InlineData("""{"id":2,"result":[[],"zz",4],"error":null}""", "no extranonce1")]
    [InlineData("""{"id":2,"result":[[],"\ud800",4],"error":null}""", "no extranonce1")]
    [InlineData("""{"id":2,"result":[[],"aabb",0],"error":null}""", "leaves none")]
    [InlineData("""{"id":2,"result":[],"error":null}""", "no extranonce1")]
    [InlineData("""{"id":2,"result":{"a":1},"error":null}""", "no extranonce1")]
    [InlineData("""{"id":null,"method":"mining.set_extranonce","params":["aa",0]}""", "no octets")]
    public void Pool_that_cannot_be_worked_with_is_left_with_a_reason(string line, string reason)
    {
        _talk.Begin();
        Assert.Contains(reason, _talk.Say(line).News.Problem);
    }

    [Fact]
    public void Coinbase_that_is_none_ends_the_talk()
    {
        _talk.Greet();
        string line = PoolLines.Job().Replace("ffffffff010000000000000000015100000000", "00");
        Assert.Contains("no coinbase", _talk.Say(line).News.Problem);
    }

    [Fact]
    public void Difficulty_holds_for_jobs_after_it()
    {
        PoolNews before = _talk.Greet();
        _talk.Say("""{"id":null,"method":"mining.set_difficulty","params":[0.0001]}""");
        PoolNews after = _talk.Say(PoolLines.Job("job2")).News;
        Assert.Equal(Target.FromDifficulty(1), before.Template!.Pool!.ShareTarget);
        Assert.Equal(Target.FromDifficulty(0.0001), after.Template!.Pool!.ShareTarget);
        Assert.Equal(0.0001, _talk.Session.Difficulty);
    }

    [Fact]
    public void Only_what_makes_work_worthless_is_clean()
    {
        Assert.True(_talk.Greet().Template!.Clean);
        Assert.False(_talk.Say(PoolLines.Job("job2")).News.Template!.Clean);
        Assert.True(_talk.Say(PoolLines.Job("job3", clean: true)).News.Template!.Clean);
        Assert.False(_talk.Say(PoolLines.Job("job4")).News.Template!.Clean);
        BlockTemplate masked = _talk.Say(
            """{"id":null,"method":"mining.set_version_mask","params":["00006000"]}""").News.Template!;
        Assert.Equal((true, 0x6000u), (masked.Clean, masked.VersionMask));
    }

    [Fact]
    public void Extranonce_that_is_set_holds_for_jobs_after_it()
    {
        PoolNews before = _talk.Greet();
        _talk.Say("""{"id":null,"method":"mining.set_extranonce","params":["1122",6]}""");
        Assert.NotNull(_talk.Submit(before).Outcome);
        BlockTemplate after = _talk.Say(PoolLines.Job("job2")).News.Template!;
        Assert.True(after.Clean);
        Assert.Equal(6, after.Pool!.Coinbase.ExtranonceSize);
        Assert.Equal("1122", Convert.ToHexStringLower(after.Pool.Coinbase.Prefix[^2..]));
        Assert.NotEqual(before.Template!.Pool!.Session, after.Pool.Session);
        Assert.Null(_talk.Submit(before).Outcome);
    }

    [Theory]
    [InlineData(0x1fffe000u, "\",\"00002000\"]}")]
    [InlineData(0u, "\"]}")]
    public async Task Share_is_sent_with_version_bits_only_where_they_roll(uint mask, string end)
    {
        PoolNews work = _talk.Greet(mask: mask);
        (Task<PoolShareOutcome>? outcome, string[] lines) = _talk.Submit(work, nonce: 0xab, version: 0x20002000);
        Assert.Equal("""{"id":16,"method":"mining.submit","params":["""
            + "\"me.gateway\",\"job1\",\"00000009\",\"6553f101\",\"000000ab" + end, Assert.Single(lines));
        _talk.Say("""{"id":16,"result":true,"error":null}""");
        Assert.Equal(new PoolShareOutcome(PoolShareState.Accepted), await outcome!);
    }

    [Theory]
    [InlineData("""{"id":16,"result":null,"error":[23,"Low difficulty share",null]}""", "Low difficulty share")]
    [InlineData("""{"id":16,"result":false,"error":null}""", "No reason given.")]
    [InlineData("""{"id":16,"result":null,"error":{"code":21,"message":"Stale"}}""", "Stale")]
    public async Task Refusal_is_recorded_in_the_pools_words(string line, string reason)
    {
        Task<PoolShareOutcome> outcome = _talk.Submit(_talk.Greet()).Outcome!;
        _talk.Say(line);
        Assert.Equal(new PoolShareOutcome(PoolShareState.Rejected, reason), await outcome);
        _talk.Say("""{"id":16,"result":true,"error":null}""");
    }

    [Fact]
    public async Task Share_without_an_answer_is_unknown_when_the_connection_ends()
    {
        PoolNews work = _talk.Greet();
        Task<PoolShareOutcome> outcome = _talk.Submit(work).Outcome!;
        _talk.Session.Close();
        Assert.Equal(PoolShareState.Unknown, (await outcome).State);
        Assert.Null(_talk.Submit(work, nonce: 2).Outcome);
    }

    [Fact]
    public void Session_is_resumed_where_the_pool_gives_the_same_extranonce1()
    {
        PoolNews work = _talk.Greet();
        PoolTalk again = new(_talk.Session.Lease);
        Assert.Contains("\"s1\"", again.Begin()[1]);
        PoolNews resumed = again.Greet(job: "job2");
        Assert.Equal(work.Template!.Pool!.Session, resumed.Template!.Pool!.Session);
        Assert.Same(work.Template.Pool.Extranonces, resumed.Template.Pool.Extranonces);
        Assert.NotNull(again.Submit(work).Outcome);

        PoolTalk other = new(_talk.Session.Lease);
        Assert.NotEqual(work.Template.Pool.Session, other.Greet(extranonce1: "00000001").Template!.Pool!.Session);
        Assert.Null(other.Submit(work).Outcome);
    }

    [Fact]
    public void Small_extranonces_are_counted_anew_on_another_block_only()
    {
        ExtranonceCounter first = _talk.Greet("aabbccddeeff", size: 2).Template!.Pool!.Extranonces;
        Assert.Same(first, _talk.Say(PoolLines.Job("job2")).News.Template!.Pool!.Extranonces);
        Assert.NotSame(first, _talk.Say(PoolLines.Job("job3", previous: 2)).News.Template!.Pool!.Extranonces);
    }

    [Fact]
    public void Silent_pool_that_answers_pings_is_given_up_within_4_s()
    {
        _talk.Greet();
        _talk.Say("""{"id":5,"result":"pong","error":null}""");
        (string? verdict, List<string> lines) = _talk.Pass(TimeSpan.FromSeconds(1.75));
        Assert.Equal(["""{"id":5,"method":"mining.ping","params":[]}"""], lines);
        Assert.Null(verdict);
        _talk.Say("""{"id":5,"result":null,"error":[20,"Unknown method",null]}""");
        Assert.Null(_talk.Pass(TimeSpan.FromSeconds(3)).Verdict);
        TimeSpan asked = _talk.Now;
        Assert.Contains("does not answer", _talk.Pass(TimeSpan.FromSeconds(10)).Verdict);
        Assert.InRange(_talk.Now - asked, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Silent_pool_that_answers_no_pings_has_three_minutes()
    {
        _talk.Greet();
        Assert.Null(_talk.Pass(TimeSpan.FromMinutes(2.9)).Verdict);
        Assert.NotNull(_talk.Pass(TimeSpan.FromSeconds(30)).Verdict);
    }

    [Fact]
    public void Pool_is_not_blamed_for_a_stall_on_this_side()
    {
        _talk.Greet();
        _talk.Say("""{"id":5,"result":"pong","error":null}""");
        _talk.Pass(TimeSpan.FromSeconds(2));
        _talk.Now += TimeSpan.FromSeconds(20);
        Assert.Null(_talk.Pass(TimeSpan.FromSeconds(1.5)).Verdict);
    }

    [Fact]
    public void Pool_that_gives_no_work_is_left()
    {
        _talk.Begin();
        Assert.Contains("gives no work", _talk.Pass(TimeSpan.FromSeconds(6)).Verdict);
    }

    [Fact]
    public void Questions_are_answered_and_messages_kept()
    {
        _talk.Greet();
        Assert.Equal(["""{"id":7,"result":"pong","error":null}"""],
            _talk.Say("""{"id":7,"method":"mining.ping","params":[]}""").Answers);
        Assert.Equal(["""{"id":8,"result":"MicroFirmware/1","error":null}"""],
            _talk.Say("""{"id":8,"method":"client.get_version","params":[]}""").Answers);
        _talk.Say("""{"id":null,"method":"client.show_message","params":["Maintenance at noon"]}""");
        Assert.Equal("Maintenance at noon", _talk.Session.ShownMessage);
        Assert.Equal(default, _talk.Say("""{"id":null,"method":"mining.unheard_of","params":[1]}""").News);
        Assert.Equal(("eu.pool.example", 3334),
            _talk.Say("""{"id":null,"method":"client.reconnect","params":["eu.pool.example",3334,5]}""").News.Reconnect
                is { } to ? (to.Host, to.Port) : default);
    }

    [Fact]
    public void More_shares_than_fit_are_not_sent()
    {
        PoolNews work = _talk.Greet();
        for (uint i = 0; i < PoolSession.MaxPending; i++)
        {
            Assert.NotNull(_talk.Submit(work, i).Outcome);
        }

        Assert.Null(_talk.Submit(work, uint.MaxValue).Outcome);
    }

    [Theory]
    [InlineData("pool.example", "eu.pool.example", true)]
    [InlineData("eu.pool.example", "us.pool.example", true)]
    [InlineData("pool.example", "pool.example", true)]
    [InlineData("POOL.example", "pool.EXAMPLE", true)]
    [InlineData("pool.example", "evil.example", false)]
    [InlineData("pool.example", "pool.example.evil.net", false)]
    [InlineData("pool.co.uk", "evil.co.uk", false)]
    [InlineData("eu.pool.co.uk", "us.pool.co.uk", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("localhost", "remotehost", false)]
    public void Reconnect_leads_to_the_same_domain_only(string at, string to, bool followed)
    {
        Uri? next = PoolDomain.Follow(new Uri($"stratum+ssl://{at}:4333"), to, 4334);
        Assert.Equal(followed, next is not null);
        Assert.True(next is null || (next.Scheme == "stratum+ssl" && next.Port == 4334));
    }

    [Fact]
    public void Reconnect_without_host_and_port_leads_back()
    {
        Uri at = new("stratum+tcp://pool.example:3333");
        Assert.Equal(at, PoolDomain.Follow(at, "", 0));
    }
}
