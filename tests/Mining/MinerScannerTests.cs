using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

public class MinerScannerTests
{
    [Theory]
    [InlineData("managed-unrolled")]
    [InlineData("managed-reference")]
    public void Trial_of_a_good_scanner_passes(string name)
    {
        INonceScanner scanner = name == "managed-unrolled" ? new UnrolledScanner() : new ReferenceScanner();
        ScannerTrial trial = new(scanner);
        ScanStatus status;
        int steps = 0;
        do
        {
            status = trial.Step(0);
        }
        while (status == ScanStatus.Running && ++steps < 1000);

        Assert.Equal(ScanStatus.Finished, status);
    }

    [Fact]
    public void Scanner_that_fails_its_trial_is_replaced_by_the_managed_one()
    {
        MinerRig rig = new(board => new TaskScanner(board) { IsDeaf = true });
        rig.RunUntil(() => rig.Gateway.Accepted > 0);
        Assert.Equal("managed-unrolled", rig.Miner.ScannerName);
    }

    [Fact]
    public void Scanner_that_lies_is_stepped_down_and_proves_itself_again()
    {
        MinerRig rig = new();
        rig.Recorder.CanStepDown = true;
        rig.RunUntil(() => rig.Gateway.Accepted > 0);
        rig.Recorder.Lie = nonce => nonce + 1;
        rig.RunUntil(() => rig.Statistics.FalseCandidates > 0);
        int accepted = rig.Gateway.Accepted;
        rig.RunUntil(() => rig.Gateway.Accepted > accepted);
        Assert.Equal("recording", rig.Miner.ScannerName);
        Assert.All(rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }

    [Fact]
    public void Scanner_that_lies_and_cannot_step_down_is_left()
    {
        MinerRig rig = new();
        rig.RunUntil(() => rig.Gateway.Accepted > 0);
        rig.Recorder.Lie = nonce => nonce + 1;
        rig.RunUntil(() => rig.Miner.ScannerName == "managed-unrolled");
        int accepted = rig.Gateway.Accepted;
        rig.RunUntil(() => rig.Gateway.Accepted > accepted);
        Assert.All(rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }

    [Fact]
    public void Scanner_that_runs_by_itself_is_polled_and_its_shares_accepted()
    {
        MinerRig rig = new(board => new TaskScanner(board));
        rig.Run(20000);
        Assert.Equal("task", rig.Miner.ScannerName);
        Assert.True(rig.Gateway.Accepted > 50);
        Assert.All(rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
        Assert.Equal(0u, rig.Statistics.FalseCandidates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shares_found_prove_the_hashes_that_are_counted(bool runsByItself)
    {
        MinerRig rig = runsByItself ? new(board => new TaskScanner(board)) : new();
        for (int i = 0; i < 60; i++)
        {
            rig.Run(5000 + (i * 37));
            rig.Gateway.NewJob();
            rig.Notify(clean: i % 2 == 0);
        }

        double expected = (double)rig.Statistics.Hashes / rig.Gateway.ShareWork;
        double fiveSigma = 5 * Math.Sqrt(expected);
        Assert.InRange(rig.Statistics.SharesFound, expected - fiveSigma, expected + fiveSigma);
        Assert.True(expected > 2000);
    }

    [Fact]
    public void Scanner_that_runs_by_itself_keeps_to_its_duty_without_repeating_any()
    {
        MinerRig rig = new(board => new TaskScanner(board));
        rig.RunUntil(() => rig.Gateway.Accepted > 0);
        rig.Send(CommandCode.SetDutyPercent, 30, 1);
        rig.Run(2000);
        ulong before = rig.Statistics.Hashes;
        rig.Run(60000);
        Assert.InRange(rig.Statistics.Hashes - before, 30000u * 24 / 100, 30000u * 40 / 100);
    }

    [Fact]
    public void Scanner_that_stops_making_progress_is_replaced()
    {
        TaskScanner? task = null;
        MinerRig rig = new(board => task = new TaskScanner(board));
        rig.RunUntil(() => rig.Gateway.Accepted > 0);
        task!.IsStuck = true;
        rig.RunUntil(() => rig.Miner.ScannerName == "managed-unrolled", ScanSession.StallMs + 5000);
        int accepted = rig.Gateway.Accepted;
        rig.RunUntil(() => rig.Gateway.Accepted > accepted);
    }

    [Fact]
    public void Scanner_with_a_low_threshold_limit_is_given_no_higher_one()
    {
        TaskScanner? task = null;
        MinerRig rig = new(board => task = new TaskScanner(board) { MaxThreshold = 0x00ffffff });
        rig.Run(20000);
        Assert.InRange(task!.Threshold, 0u, 0x00ffffffu);
        Assert.All(rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }
}
