using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests.Proofs;

/// <summary>A miner that is handed proofs while it mines.</summary>
public class ProofDeskTests
{
    private readonly MinerRig _rig = new();

    public ProofDeskTests() => _rig.RunUntil(() => _rig.Miner.State == MinerState.Mining && _rig.Miner.IsConnected);

    private byte[][] Findings => [.. _rig.Published
        .Where(message => message.Topic == Topics.Finding(KnownBoard.Device)).Select(message => message.Payload)];

    [Fact]
    public void Task_is_answered_with_a_finding_about_it_and_mining_goes_on()
    {
        byte[] task = Deliver(ProofVector.MainChain()[0]);
        _rig.RunUntil(() => Findings.Length == 1);
        ulong hashes = _rig.Statistics.Hashes;
        _rig.RunUntil(() => _rig.Statistics.Hashes > hashes + 100);

        ProofFinding finding = Read(Findings[0]);
        Assert.Equal((FindingCode.Valid, 77ul), (finding.Code, finding.Id));
        Assert.True(ProofFinding.IsAuthentic(Findings[0], task, KnownBoard.Key, KnownBoard.Device));
        Assert.Equal(1u, _rig.Statistics.ProofsChecked);
    }

    [Fact]
    public void Scanning_waits_while_a_proof_is_checked_and_no_longer()
    {
        Deliver(ProofVector.MainChain()[0]);
        _rig.Run(_rig.Network.LatencyMs + 1);
        ulong before = 0;
        int steps = 0;
        _rig.RunUntil(() =>
        {
            before = steps++ == 0 ? _rig.Statistics.Hashes : before;
            return Findings.Length == 1;
        });

        // The step in which the task arrives, and the one in which it is done, may scan a slice each.
        Assert.InRange(_rig.Statistics.Hashes - before, 0ul, 100ul);
        Assert.InRange(steps, ProofVector.MainChain()[0].Levels, 100);
    }

    [Fact]
    public void Task_that_is_forged_cut_or_for_another_board_is_not_checked()
    {
        byte[] task = ProofVector.Write(ProofVector.MainChain()[1], KnownBoard.Key, KnownBoard.Device);
        byte[] changed = [.. task];
        changed[40] ^= 1;
        _rig.Network.Channel.Deliver(Topics.Proof(KnownBoard.Device), changed);
        _rig.Network.Channel.Deliver(Topics.Proof(KnownBoard.Device), task[..^1]);
        _rig.Network.Channel.Deliver(Topics.Proof(KnownBoard.Device), []);
        _rig.Network.Channel.Deliver(Topics.Proof("board-2"), task);
        _rig.Network.Channel.Deliver(
            Topics.Proof(KnownBoard.Device), ProofVector.Write(ProofVector.MainChain()[1], KnownBoard.Key, "board-2"));
        _rig.Run(2000);

        Assert.Empty(Findings);
        Assert.Equal(4u, _rig.Statistics.ProofsRefused);
    }

    [Fact]
    public void Third_task_at_a_time_is_dropped()
    {
        Enumerable.Range(0, 3).ToList().ForEach(_ => Deliver(ProofVector.MainChain()[0]));
        _rig.RunUntil(() => Findings.Length == 2);
        _rig.Run(5000);

        Assert.Equal(2, Findings.Length);
        Assert.Equal(1u, _rig.Statistics.ProofsRefused);
    }

    [Fact]
    public void Board_on_pause_checks_nothing_and_what_has_waited_too_long_never()
    {
        _rig.Send(CommandCode.Pause, 0, 1);
        _rig.RunUntil(() => _rig.Miner.IsPaused);
        Deliver(ProofVector.MainChain()[0]);
        _rig.Run(15_000);
        Assert.Empty(Findings);
        Deliver(ProofVector.MainChain()[1]);
        _rig.Run(10_000);
        _rig.Send(CommandCode.Resume, 0, 2);
        _rig.RunUntil(() => Findings.Length == 1);

        Assert.Equal(1u, _rig.Statistics.ProofsRefused);
        Assert.Equal(1u, _rig.Statistics.ProofsChecked);
    }

    [Fact]
    public void Board_that_is_withheld_stops_in_the_middle_and_goes_on_after_it()
    {
        Withhold(ProofVector.MainChain()[0]);
        _rig.Miner.IsWithheld = false;
        _rig.Run(5);
        _rig.Miner.IsWithheld = true;
        _rig.RunUntil(() => _rig.Miner.IsStill);
        _rig.Run(3000);
        Assert.Empty(Findings);

        _rig.Miner.IsWithheld = false;
        _rig.RunUntil(() => Findings.Length == 1);
        Assert.Equal(FindingCode.Valid, Read(Findings[0]).Code);
    }

    [Fact]
    public void Finding_made_while_the_broker_is_away_is_sent_when_it_is_back()
    {
        Withhold(ProofVector.MainChain()[0]);
        _rig.Network.Channel.Cut();
        _rig.Miner.IsWithheld = false;
        _rig.RunUntil(() => Findings.Length == 1);

        Assert.Equal(FindingCode.Valid, Read(Findings[0]).Code);
    }

    private static ProofFinding Read(byte[] octets)
    {
        Assert.Equal(ParseStatus.Done, ProofFinding.Parse(octets, 0, octets.Length, out ProofFinding finding));
        return finding;
    }

    /// <summary>The task is there, and the board may not begin.</summary>
    private void Withhold(ProofTask task)
    {
        _rig.Miner.IsWithheld = true;
        Deliver(task);
        _rig.Run(1000);
    }

    private byte[] Deliver(ProofTask task)
    {
        byte[] octets = ProofVector.Write(task, KnownBoard.Key, KnownBoard.Device);
        _rig.Network.Channel.Deliver(Topics.Proof(KnownBoard.Device), octets);
        return octets;
    }
}
