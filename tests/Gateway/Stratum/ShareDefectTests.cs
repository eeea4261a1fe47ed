using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>Every defect seen in a public pool, and every other way in which a share can be wrong.</summary>
public sealed class ShareDefectTests : IAsyncLifetime
{
    private const uint Mask = 0x1fff_e000;

    private RunningGateway _gateway = null!;
    private LineMiner _miner = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(options => options.Stratum.Port = 0);
        _miner = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        await _miner.CallAsync(1, "mining.configure",
            """["version-rolling"],{"version-rolling.mask":"1fffe000","version-rolling.min-bit-count":2}""");
        await _miner.CallAsync(2, "mining.subscribe", "\"test/1\"");
        await _miner.CallAsync(3, "mining.authorize", "\"account.worker\",\"x\"");
        await _miner.UntilJobAsync();
    }

    public async Task DisposeAsync()
    {
        await _miner.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_same_share_in_other_digits_is_a_duplicate()
    {
        (string extranonce2, uint ntime, uint nonce) = _miner.Mine(from: 0x00ab_cdef);
        string[] spellings = [$"{nonce:x8}", $"{nonce:X8}", $"{nonce:x}"];
        List<int> errors = [];
        foreach (string spelling in spellings)
        {
            JsonElement answer = await _miner.CallAsync(9, "mining.submit",
                $"\"account.worker\",\"{_miner.Job[0]}\",\"{extranonce2}\",\"{ntime:x8}\",\"{spelling}\"");
            errors.Add(ErrorOf(answer));
        }

        Assert.Equal([0, 22, 22], errors);
        Assert.Equal(1, _gateway.Scalar("SELECT count(*) FROM shares WHERE work>0"));
    }

    [Theory]
    [InlineData("0000000000")]
    [InlineData("000000")]
    [InlineData("")]
    public async Task Extranonce2_of_another_size_is_refused(string extranonce2)
    {
        (_, uint ntime, uint nonce) = _miner.Mine();
        Assert.Equal(20, ErrorOf(await _miner.SubmitAsync((extranonce2, ntime, nonce))));
        Assert.Equal(0, ErrorOf(await _miner.SubmitAsync(_miner.Mine())));
    }

    [Fact]
    public async Task Time_before_the_job_or_far_beyond_is_refused_though_the_hash_is_good()
    {
        uint ntime = _miner.Number(7);
        foreach (uint wrong in (uint[])[0, ntime - 1, ntime + 7_001, uint.MaxValue])
        {
            Assert.Equal(20, ErrorOf(await _miner.SubmitAsync(_miner.Mine(roll: wrong - ntime))));
        }

        Assert.Equal(0, ErrorOf(await _miner.SubmitAsync(_miner.Mine(roll: 600))));
    }

    [Theory]
    [InlineData("00000001")]
    [InlineData("20000000")]
    [InlineData("ffffffff")]
    public async Task Version_bits_outside_the_mask_are_refused(string bits)
    {
        Assert.Equal(20, ErrorOf(await _miner.SubmitAsync(_miner.Mine(), versionBits: bits)));
    }

    [Fact]
    public async Task Version_bits_inside_the_mask_are_part_of_the_header()
    {
        string extranonce2 = new('0', 2 * _miner.Extranonce2Size);
        uint version = (_miner.Number(5) & ~Mask) | 0x0abc_c000;
        BlockHeader header = _miner.Header(extranonce2, _miner.Number(7), 0, version);
        while (!Target.Meets(header.Hash().Number, RunningGateway.ShareWork + 1))
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        (string, uint, uint) share = (extranonce2, header.Time, header.Nonce);
        Assert.Equal(0, ErrorOf(await _miner.SubmitAsync(share, versionBits: "0abcc000")));
        Assert.Equal(22, ErrorOf(await _miner.SubmitAsync(share, versionBits: "0ABCC000")));
    }

    [Fact]
    public async Task Version_bits_that_were_not_negotiated_are_refused()
    {
        await using LineMiner plain = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!, "account.plain");
        (string, uint, uint) share = plain.Mine();
        Assert.Equal(20, ErrorOf(await plain.SubmitAsync(share, user: "account.plain", versionBits: "00002000")));
        Assert.Equal(0, ErrorOf(await plain.SubmitAsync(share, user: "account.plain", versionBits: "00000000")));
    }

    [Fact]
    public async Task Hash_above_the_target_is_refused()
    {
        (string extranonce2, uint ntime, uint nonce) = _miner.Mine();
        uint bad = nonce + 1;
        while (Target.Meets(_miner.Header(extranonce2, ntime, bad).Hash().Number, RunningGateway.ShareWork / 2))
        {
            bad++;
        }

        Assert.Equal(23, ErrorOf(await _miner.SubmitAsync((extranonce2, ntime, bad))));
    }

    [Fact]
    public async Task Job_that_is_unknown_is_refused()
    {
        foreach (string job in (string[])["", "x", "000000000000000001", $"{_miner.Job[0]}0"])
        {
            Assert.Equal(21, ErrorOf(await _miner.SubmitAsync(_miner.Mine(), job: job)));
        }
    }

    [Fact]
    public async Task Share_of_who_is_not_authorised_or_not_subscribed_is_refused()
    {
        Assert.Equal(24, ErrorOf(await _miner.SubmitAsync(_miner.Mine(), user: "somebody.else")));
        await using LineMiner silent = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        Assert.Equal(25, ErrorOf(await silent.SubmitAsync(("", 0, 0), job: "x")));
    }

    [Fact]
    public async Task Clean_flag_of_a_new_miner_is_not_told_to_the_others()
    {
        Assert.True(_miner.Job[8].GetBoolean());
        await using LineMiner second = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!, "account.second");
        Assert.True(second.Job[8].GetBoolean());

        // Another target on the same block: the work before it still counts, for the old miner and for the new one.
        _gateway.Upstream.Publish(1, RunningGateway.BlockWork / 2);
        await _miner.UntilJobAsync();
        await second.UntilJobAsync();
        Assert.False(_miner.Job[8].GetBoolean());
        Assert.False(second.Job[8].GetBoolean());

        _gateway.Upstream.Publish(2, RunningGateway.BlockWork);
        await _miner.UntilJobAsync();
        Assert.True(_miner.Job[8].GetBoolean());
    }

    [Fact]
    public async Task Share_of_an_old_job_counts_until_there_is_a_new_block()
    {
        (string, uint, uint) first = _miner.Mine();
        (string, uint, uint) second = _miner.Mine(from: first.Item3 + 1);
        string job = _miner.Job[0].GetString()!;
        _gateway.Upstream.Publish(1, RunningGateway.BlockWork / 2);
        await _miner.UntilJobAsync();
        Assert.Equal(0, ErrorOf(await _miner.SubmitAsync(first, job: job)));

        _gateway.Upstream.Publish(2, RunningGateway.BlockWork);
        await _miner.UntilJobAsync();
        Assert.Equal(21, ErrorOf(await _miner.SubmitAsync(second, job: job)));
    }

    [Fact]
    public async Task Stale_share_that_solves_its_block_is_submitted_all_the_same()
    {
        _gateway.Upstream.Publish(2, blockWork: 4);
        await _miner.UntilJobAsync();
        string job = _miner.Job[0].GetString()!;
        (string, uint, uint) solution = _miner.Mine();
        _gateway.Upstream.Publish(3, RunningGateway.BlockWork);
        await _miner.UntilJobAsync();

        Assert.Equal(21, ErrorOf(await _miner.SubmitAsync(solution, job: job)));
        Block block = await _gateway.Upstream.FirstBlock.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(block.Header.MeetsItsTarget());
        Assert.Equal(0, _gateway.Scalar("SELECT count(*) FROM shares WHERE work>0"));
    }

    [Fact]
    public async Task Solution_makes_a_block_that_breaks_no_rule()
    {
        _gateway.Upstream.Publish(2, blockWork: 4);
        await _miner.UntilJobAsync();
        string extranonce2 = string.Concat(Enumerable.Repeat("a5", _miner.Extranonce2Size));
        Assert.Equal(0, ErrorOf(await _miner.SubmitAsync(_miner.Mine(extranonce2: extranonce2))));

        Block block = await _gateway.Upstream.FirstBlock.WaitAsync(TimeSpan.FromMinutes(1));
        BlockTemplate template = _gateway.Upstream.Current!;
        BlockRules rules = new()
        {
            PreviousHash = template.PreviousHash,
            Height = template.Height,
            Bits = template.Bits,
            MinTime = template.Time,
            CoinbaseValue = template.CoinbaseValue,
        };
        Assert.Equal(BlockVerdict.Good, BlockCheck.Check(block, rules));
        Assert.Contains(_miner.Extranonce1 + extranonce2,
            Convert.ToHexStringLower(block.Transactions[0].Inputs[0].Script));
    }

    private static int ErrorOf(JsonElement answer) =>
        answer.GetProperty("error") is { ValueKind: JsonValueKind.Array } error ? error[0].GetInt32() : 0;
}
