using MicroFirmware.Micro.Fleet;

namespace MicroFirmware.Micro.Tests.Fleet;

public class FleetOutcomeTests
{
    private static readonly BoardRow s_good = new("board-1", "mining", 1000, 1100, 100, 0, 0, 0, 100, 0.5);

    [Fact]
    public void Accepted_shares_and_a_block_are_success()
    {
        var outcome = new FleetOutcome(Snapshot(s_good, blocks: 1), true);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(
            "1 board mined for 30 s: 100 shares accepted, 0 too late, 0 invalid, 0 without a verdict; 1 block found. "
            + "The boards claim 1.00 kH/s, their shares prove 1.10 kH/s (± 10 %); best difficulty 0.5. "
            + "Peak memory of the process: 120 MB.",
            outcome.ToString());
    }

    [Fact]
    public void Late_shares_are_told_and_are_no_failure()
    {
        var outcome = new FleetOutcome(Snapshot(s_good with { Late = 2 }, blocks: 1), true);

        Assert.Contains("2 too late, 0 invalid", outcome.ToString());
        Assert.Equal(ExitCode.Success, outcome.ExitCode);
    }

    [Fact]
    public void A_run_that_expects_no_block_needs_none() =>
        Assert.Equal(ExitCode.Success, new FleetOutcome(Snapshot(s_good, blocks: 0), false).ExitCode);

    [Fact]
    public void Each_shortcoming_is_named_and_fails_the_run()
    {
        AssertShortcoming("no share was accepted", Snapshot(s_good with { Accepted = 0 }, blocks: 1));
        AssertShortcoming("2 shares were invalid", Snapshot(s_good with { Invalid = 2 }, blocks: 1));
        AssertShortcoming("3 verdicts were lost", Snapshot(s_good with { Waiting = 3 }, blocks: 1));
        AssertShortcoming("no block was found", Snapshot(s_good, blocks: 0));
    }

    [Fact]
    public void A_rate_that_its_shares_do_not_prove_is_marked()
    {
        Assert.False(s_good.Disagrees);
        Assert.False((s_good with { ClaimedHashesPerSecond = 1500 }).Disagrees);
        Assert.True((s_good with { ClaimedHashesPerSecond = 1600 }).Disagrees);
        Assert.False((s_good with { ClaimedHashesPerSecond = 1600, ProvingShares = 9 }).Disagrees);
    }

    private static void AssertShortcoming(string clause, FleetSnapshot snapshot)
    {
        var outcome = new FleetOutcome(snapshot, true);
        Assert.Equal([clause], outcome.Shortcomings);
        Assert.Equal(ExitCode.NotProven, outcome.ExitCode);
        Assert.EndsWith($"Not proven: {clause}.", outcome.ToString());
    }

    private static FleetSnapshot Snapshot(BoardRow board, long blocks) =>
        new(TimeSpan.FromSeconds(30), [board], blocks, 120_000_000);
}
