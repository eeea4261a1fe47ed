using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>Every verdict, as a board meets it on the wire.</summary>
public sealed class VerdictTests : IAsyncLifetime
{
    private const ulong First = (1UL << 32) + 1;
    private const ulong EasyBlock = 1 << 10;

    private RunningGateway _gateway = null!;
    private TestBoard _board = null!;
    private WorkRecord _work = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(blockWork: EasyBlock);
        _board = await _gateway.EnrolAsync("board-1");
        _work = await _board.FetchAsync();
    }

    public async Task DisposeAsync()
    {
        await _board.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Share_cut_short_is_malformed_and_counted_as_invalid()
    {
        Verdict verdict = await _board.SendAsync(new byte[ShareRecord.Length - 1], sequence: 0);

        Assert.Equal((VerdictCode.Malformed, 0UL, 0UL), (verdict.Code, verdict.JobId, verdict.Work));
        AssertTotals(accepted: 0, stale: 0, invalid: 1);
        Assert.Equal(0, _gateway.Scalar("SELECT count(*) FROM shares"));
    }

    [Fact]
    public async Task Share_tagged_with_another_key_is_refused_and_does_not_take_the_sequence_number()
    {
        ShareRecord share = MinePlain(First);
        byte[] forged = new byte[ShareRecord.Length];
        share.Write(forged, 0, new byte[32], _board.Id);

        Assert.Equal(VerdictCode.BadTag, (await _board.SendAsync(forged, sequence: 0)).Code);
        Assert.Equal(VerdictCode.Accepted, (await _board.SendAsync(share)).Code);
    }

    [Fact]
    public async Task Share_tagged_for_another_device_is_refused()
    {
        byte[] forged = new byte[ShareRecord.Length];
        MinePlain(First).Write(forged, 0, Storage.TestStore.Key, "board-2");

        Assert.Equal(VerdictCode.BadTag, (await _board.SendAsync(forged, sequence: 0)).Code);
    }

    [Fact]
    public async Task Share_of_a_job_that_never_was_is_unknown()
    {
        ShareRecord share = MinePlain(First);
        share.JobId ^= 1UL << 63;

        Assert.Equal(VerdictCode.UnknownJob, (await _board.SendAsync(share)).Code);
        AssertTotals(accepted: 0, stale: 1, invalid: 0);
    }

    [Fact]
    public async Task Share_of_a_job_whose_block_was_found_is_stale()
    {
        ShareRecord share = MinePlain(First);
        _gateway.Upstream.Publish(2, EasyBlock);

        Verdict verdict = await _board.SendAsync(share);

        Assert.Equal((VerdictCode.Stale, 0UL), (verdict.Code, verdict.Work));
        AssertTotals(accepted: 0, stale: 1, invalid: 0);
    }

    [Fact]
    public async Task Share_in_the_lane_of_another_device_is_out_of_lane()
    {
        await using TestBoard other = await _gateway.EnrolAsync("board-2");
        ShareRecord share = TestBoard.Mine(await other.FetchAsync(), First);

        Assert.Equal(VerdictCode.OutOfLane, (await _board.SendAsync(share)).Code);
    }

    [Fact]
    public async Task Share_whose_version_leaves_the_mask_has_bad_version_bits()
    {
        ShareRecord share = MinePlain(First);
        share.HeaderVersion ^= 1;

        Assert.Equal(VerdictCode.BadVersionBits, (await _board.SendAsync(share)).Code);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(121)]
    public async Task Share_whose_ntime_was_moved_too_far_has_bad_ntime(int seconds)
    {
        ShareRecord share = MinePlain(First);
        share.NTime = (uint)(share.NTime + seconds);

        Assert.Equal(VerdictCode.BadNTime, (await _board.SendAsync(share)).Code);
    }

    [Fact]
    public async Task Share_above_its_target_has_low_difficulty()
    {
        ShareRecord share = MinePlain(First);
        share.Nonce = NonceAboveTarget();

        Assert.Equal(VerdictCode.LowDifficulty, (await _board.SendAsync(share)).Code);
        AssertTotals(accepted: 0, stale: 0, invalid: 1);
    }

    [Fact]
    public async Task Header_sent_under_a_new_sequence_is_a_duplicate()
    {
        ShareRecord share = MinePlain(First);
        await _board.SendAsync(share);
        share.Sequence++;

        Verdict verdict = await _board.SendAsync(share);

        Assert.Equal((VerdictCode.Duplicate, 0UL), (verdict.Code, verdict.Work));
        Assert.Equal(1, _gateway.Scalar("SELECT count(*) FROM shares WHERE work > 0"));
    }

    [Fact]
    public async Task Share_keeps_the_work_that_its_lane_was_given_with()
    {
        _gateway.Host.Room<DeviceRegistry>().Find("board-1")!.Activity!.ShareWork =
            new ShareWork(new(), known: 1 << 20, TimeSpan.Zero);

        Assert.Equal(RunningGateway.ShareWork, (await _board.SendAsync(MinePlain(First))).Work);
    }

    [Fact]
    public async Task Share_that_solves_the_block_is_credited_stored_and_handed_in()
    {
        ShareRecord share = TestBoard.Mine(_work, First, Target.FromWork(EasyBlock));

        Verdict verdict = await _board.SendAsync(share);
        Block block = await _gateway.Upstream.FirstBlock.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((VerdictCode.BlockFound, RunningGateway.ShareWork), (verdict.Code, verdict.Work));
        Assert.Equal(share.Nonce, block.Header.Nonce);
        Assert.True(block.Header.MeetsItsTarget());
        Assert.Equal(1, _gateway.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Stale_share_that_solves_the_block_is_handed_in_all_the_same()
    {
        ShareRecord share = TestBoard.Mine(_work, First, Target.FromWork(EasyBlock));
        _gateway.Upstream.Publish(2, EasyBlock);

        Verdict verdict = await _board.SendAsync(share);
        Block block = await _gateway.Upstream.FirstBlock.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((VerdictCode.Stale, 0UL), (verdict.Code, verdict.Work));
        Assert.Equal(share.Nonce, block.Header.Nonce);
    }

    [Fact]
    public async Task Block_that_the_upstream_could_not_be_reached_for_is_handed_in_at_the_next_start()
    {
        _gateway.Upstream.Answer = new SubmitOutcome(SubmitStatus.Unknown);
        await _board.SendAsync(TestBoard.Mine(_work, First, Target.FromWork(EasyBlock)));
        Block first = await _gateway.Upstream.FirstBlock.WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Upstream.Answer = new SubmitOutcome(SubmitStatus.Accepted);

        await _gateway.RestartAsync();

        Block[] blocks = _gateway.Upstream.Blocks;
        Assert.Equal(2, blocks.Length);
        Assert.Equal(first.Header, blocks[1].Header);
    }

    private ShareRecord MinePlain(ulong sequence) => TestBoard.Mine(_work, sequence, hash =>
        hash <= new UInt256(_work.ShareTarget) && hash > Target.FromWork(EasyBlock));

    private uint NonceAboveTarget() =>
        TestBoard.Mine(_work, First, hash => hash > new UInt256(_work.ShareTarget)).Nonce;

    private void AssertTotals(long accepted, long stale, long invalid)
    {
        DeviceReport report = _gateway.Host.Devices.Single(device => device.Id == "board-1");
        Assert.Equal((accepted, stale, invalid), (report.Accepted, report.Stale, report.Invalid));
        Assert.Equal(accepted, _gateway.Scalar("SELECT sum(accepted) FROM device_state"));
        Assert.Equal(stale, _gateway.Scalar("SELECT sum(stale) FROM device_state"));
        Assert.Equal(invalid, _gateway.Scalar("SELECT sum(invalid) FROM device_state"));
    }
}
