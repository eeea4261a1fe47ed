using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Proofs;

/// <summary>Who is asked, who is replaced, when it is decided, and what becomes of who lied.</summary>
public sealed class ProofDeskTests
{
    private static readonly Action<ProofFinding> s_lie = finding => finding.Code = FindingCode.NoWork;

    [Fact]
    public async Task Proof_is_decided_when_enough_agree_and_later_answers_still_count()
    {
        using DeskRig rig = new(boards: 5);
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        Assert.Equal(5, rig.Sent.Count);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0]);
        Assert.False(decision.IsCompleted);
        rig.Answer(rig.Sent[0]);

        ProofDecision decided = (await decision)!;
        Device last = rig.Sent[0].Device;
        rig.Answer(rig.Sent[0]);

        Assert.Equal(FindingCode.Valid, decided.Result.Code);
        Assert.Equal(3, decided.Boards.Count);
        Assert.True(decided.IsAudited);
        Assert.Equal(1, rig.StandingOf(last).Right);
    }

    [Fact]
    public async Task Board_that_contradicts_the_truth_is_replaced_suspended_and_not_paid()
    {
        using DeskRig rig = new(boards: 6);
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        Device liar = rig.Sent[0].Device;
        rig.Answer(rig.Sent[0], s_lie);
        Assert.Equal(5, rig.Sent.Count);
        rig.Answer(rig.Sent[4]);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0]);

        Assert.DoesNotContain((await decision)!.Boards, board => board.Device == liar.Id);
        Assert.Equal(5, rig.Desk.Ready);
        Assert.Equal(1, rig.Desk.Suspended);
        rig.Pass(BoardStanding.FirstSuspension);
        Assert.Equal(0, rig.Desk.Suspended);
        Assert.True(rig.StandingOf(liar).Probation > 0);
    }

    [Fact]
    public async Task Without_an_audit_boards_decide_and_a_dispute_makes_the_gateway_look()
    {
        using DeskRig rig = new(5, new ProofOptions { AuditPercent = 0, PlantedPercent = 0 });
        Task<ProofDecision?> unanimous = rig.Desk.CheckAsync(DeskRig.Proof);
        rig.Sent.ToList().ForEach(task => rig.Answer(task));
        Assert.False((await unanimous)!.IsAudited);

        Task<ProofDecision?> disputed = rig.Desk.CheckAsync(DeskRig.Proof);
        rig.Answer(rig.Sent[0], s_lie);
        rig.Answer(rig.Sent[0], s_lie);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0]);

        Assert.True((await disputed)!.IsAudited);
        Assert.Equal(FindingCode.Valid, (await disputed)!.Result.Code);
        Assert.Equal(2, rig.Desk.Findings.Wrong);
    }

    [Fact]
    public async Task Silent_board_is_replaced_and_after_three_times_left_alone_for_a_while()
    {
        using DeskRig rig = new(6, new ProofOptions { Boards = 5, Agreeing = 5, PlantedPercent = 0 });
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        Device silent = rig.Sent[0].Device;
        rig.Sent.Skip(1).ToList().ForEach(task => rig.Answer(task));
        rig.Pass(rig.Options.AnswerTimeout);
        Assert.Equal(2, rig.Sent.Count);
        rig.Answer(rig.Sent[1]);

        Assert.NotNull(await decision);
        Assert.Equal(1, rig.StandingOf(silent).Late);
        rig.StandingOf(silent).Miss(rig.Time.GetUtcNow());
        rig.StandingOf(silent).Miss(rig.Time.GetUtcNow());
        Assert.Equal(5, rig.Desk.Ready);
        rig.Pass(BoardStanding.Rest);
        Assert.Equal(6, rig.Desk.Ready);
    }

    [Fact]
    public async Task Nothing_is_decided_by_fewer_than_it_takes()
    {
        using DeskRig rig = new(boards: 5);
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0]);
        rig.Answer(rig.Sent[0], s_lie);
        rig.Pass(rig.Options.AnswerTimeout);

        Assert.Null(await decision);
        Assert.Equal(1, rig.Desk.Counts.Undecided);
    }

    [Fact]
    public async Task Finding_that_is_forged_late_of_another_board_or_of_no_task_changes_nothing()
    {
        using DeskRig rig = new(boards: 5);
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        (Device device, byte[] task) = rig.Sent[0];
        byte[] finding = DeskRig.Find((device, task));
        byte[] forged = [.. finding];
        forged[20] ^= 1;
        rig.Desk.Take(device, forged);
        rig.Desk.Take(rig.Sent[1].Device, finding);
        rig.Desk.Take(device, []);
        rig.Desk.Take(device, finding[..^1]);
        Assert.Equal((0, 0, 0), rig.Desk.Findings);
        rig.Pass(rig.Options.AnswerTimeout);
        rig.Desk.Take(device, finding);

        Assert.Equal((0, 0, 5), rig.Desk.Findings);
        Assert.Null(await decision);
    }

    [Fact]
    public void New_board_is_given_planted_proofs_only_until_it_was_right_often_enough()
    {
        using DeskRig rig = new(boards: 1, areTrusted: false);
        int needed = rig.Standings.Of(Given(rig).Device).Probation;
        Assert.InRange(needed, 3, 8);
        for (int i = 0; i < needed; i++)
        {
            Assert.Equal(0, rig.Desk.Ready);
            rig.Answer(Given(rig));
        }

        Assert.Equal(1, rig.Desk.Ready);

        static (Device Device, byte[] Octets) Given(DeskRig rig)
        {
            rig.Pass(TimeSpan.FromSeconds(2));
            return rig.Sent.Single();
        }
    }

    [Fact]
    public void Suspension_doubles_up_to_a_month_and_a_hundred_right_findings_forgive_one_lie()
    {
        BoardStanding standing = new();
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        double[] hours = [.. Enumerable.Range(0, 12).Select(_ =>
        {
            standing.Suspend(now, probation: 1);
            return (standing.SuspendedUntil - now).TotalHours;
        })];

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720], hours);
        for (int i = 0; i < BoardStanding.RightForgivesLie; i++)
        {
            standing.Count();
        }

        Assert.Equal(11, standing.Lies);
    }

    [Fact]
    public void Planted_proofs_are_right_and_wrong_of_every_kind_and_look_like_real_ones()
    {
        Random random = new(5);
        ProofSamples samples = new(0x1d00ffff, random);
        List<TransactionProof> planted =
            [.. Enumerable.Range(0, 2_000).Select(_ => samples.Plant([]).Proof)];
        ILookup<FindingCode, TransactionProof> byResult = planted.ToLookup(proof => ProofJudge.Check(proof).Code);

        Assert.InRange(byResult[FindingCode.Valid].Count(), 800, 1_200);
        Assert.True(byResult.Count >= 5, string.Join(' ', byResult.Select(group => group.Key)));
        Assert.All(planted, proof => Assert.InRange(proof.ToTask(1, 10).RecordLength, 136, ProofTask.LengthMax));
    }

    [Fact]
    public async Task Stopped_desk_decides_nothing_any_more()
    {
        DeskRig rig = new(boards: 5);
        Task<ProofDecision?> decision = rig.Desk.CheckAsync(DeskRig.Proof);
        rig.Dispose();

        Assert.Null(await decision);
        Assert.False(rig.Desk.IsReady);
        Assert.Null(await rig.Desk.CheckAsync(DeskRig.Proof));
    }
}
