using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

public class MinerNetworkTests
{
    private readonly MinerRig _rig = new();

    [Fact]
    public void Shares_found_without_a_broker_are_sent_once_it_is_back()
    {
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
        _rig.Gateway.ShareWork = 4000;
        _rig.Gateway.NewJob();
        _rig.Notify(clean: true);
        _rig.Run(500);
        _rig.Line.IsBrokerUp = false;
        _rig.Network.Channel.Cut();
        _rig.RunUntil(() => _rig.Miner.SharesWaiting >= 3);
        uint found = _rig.Statistics.SharesFound;
        _rig.Line.IsBrokerUp = true;
        _rig.RunUntil(() => _rig.Miner.SharesWaiting == 0);
        Assert.True(_rig.Gateway.Verdicts.Count() >= (int)found);
        Assert.Equal(0u, _rig.Statistics.SharesDropped);
    }

    [Fact]
    public void Share_not_acknowledged_is_sent_again_with_the_same_octets()
    {
        _rig.Gateway.ShareWork = 4000;
        _rig.Line.LosesAcknowledgements = true;
        _rig.RunUntil(() => _rig.SharesSent.Any());
        byte[] first = _rig.SharesSent.First();
        _rig.Line.LosesAcknowledgements = false;
        _rig.Network.Channel.Cut();
        _rig.RunUntil(() => _rig.Miner.SharesWaiting == 0);
        Assert.True(_rig.SharesSent.Count(s => s.AsSpan().SequenceEqual(first)) == 2);
        Assert.Equal(_rig.Gateway.Accepted, (int)_rig.Statistics.SharesFound);
    }

    [Fact]
    public void Broker_that_acknowledges_nothing_is_left_and_connected_anew()
    {
        _rig.Line.LosesAcknowledgements = true;
        _rig.Run(BrokerLink.AcknowledgeDeadlineMs + 30000);
        Assert.True(_rig.Statistics.Connections >= 2);
        _rig.Line.LosesAcknowledgements = false;
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0, limitMs: 300000);
    }

    [Fact]
    public void Broker_that_never_answers_is_tried_again_after_the_deadline()
    {
        _rig.Line.IsBrokerSilent = true;
        _rig.Run(BrokerLink.OpenDeadlineMs);
        Assert.Equal(1, _rig.Network.Channel.Openings);
        _rig.Run(10 * BrokerLink.OpenDeadlineMs);
        Assert.InRange(_rig.Network.Channel.Openings, 4, 10);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
        _rig.Line.IsBrokerSilent = false;
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0);
    }

    [Fact]
    public void Broker_that_refuses_is_asked_less_and_less_often()
    {
        _rig.Line.IsBrokerUp = false;
        _rig.Run(60000);
        int first = _rig.Network.Channel.Openings;
        _rig.Run(600000);
        Assert.InRange(first, 5, 12);
        Assert.InRange(_rig.Network.Channel.Openings - first, 9, 21);
    }

    [Fact]
    public void Queue_that_is_full_gives_up_the_oldest_and_counts_it()
    {
        _rig.Line.IsBrokerUp = false;
        _rig.RunUntil(() => _rig.Statistics.SharesFound == ShareQueue.Capacity + 5);
        Assert.Equal(5u, _rig.Statistics.SharesDropped);
        Assert.Equal(ShareQueue.Capacity, _rig.Miner.SharesWaiting);
    }

    [Fact]
    public void Broker_that_is_slower_than_the_scanner_holds_it_up_and_no_share_is_given_up()
    {
        _rig.Gateway.ShareWork = 1;
        _rig.Gateway.LastNonce = uint.MaxValue;
        _rig.Network.LatencyMs = 500;
        _rig.Run(120000);
        Assert.Equal(0u, _rig.Statistics.SharesDropped);
        Assert.True(_rig.Gateway.Accepted > 500);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
    }

    [Fact]
    public void Broker_that_is_slow_to_let_the_board_in_costs_no_share()
    {
        _rig.Gateway.ShareWork = 1;
        _rig.Gateway.LastNonce = uint.MaxValue;
        _rig.Line.AdmissionMs = 10000;
        _rig.RunUntil(() => _rig.Miner.IsConnected);
        Assert.InRange(_rig.Statistics.SharesFound, 1u, (uint)ShareQueue.Capacity);
        Assert.Equal(0u, _rig.Statistics.SharesDropped);
    }

    [Fact]
    public void Work_that_is_too_easy_is_asked_for_anew_after_a_few_shares()
    {
        MinerRig rig = new(seed: 1, hashesPerSecond: 20);
        rig.Gateway.ShareWork = 1;
        rig.Gateway.LastNonce = uint.MaxValue;
        rig.RunUntil(() => rig.Miner.IsConnected && rig.Gateway.WorkGiven == 2);
        uint before = rig.Statistics.SharesFound;
        rig.Gateway.ShareWork = 1ul << 50;
        rig.RunUntil(() => rig.Gateway.WorkGiven == 3);
        rig.Run(5000);
        Assert.InRange(rig.Statistics.SharesFound - before, 1u, (uint)WorkDesk.SharesPerWork + 1);
        Assert.Equal(3, rig.Gateway.WorkGiven);
    }

    [Fact]
    public void Gateway_that_never_answers_is_asked_again_after_the_deadline()
    {
        _rig.Line.IsHttpSilent = true;
        _rig.Run(10000);
        Assert.InRange(_rig.Network.Work.Requests, 1, 2);
        Assert.Equal(MinerState.Fetching, _rig.Miner.State);
        _rig.Run(120000);
        Assert.InRange(_rig.Network.Work.Requests, 4, 12);
        _rig.Line.IsHttpSilent = false;
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
    }

    [Fact]
    public void Broker_that_comes_back_makes_the_board_fetch_at_once()
    {
        _rig.Gateway.ShareWork = 1ul << 50;
        _rig.Run(3000);
        _rig.Network.Channel.Cut();
        int before = _rig.Network.Work.Requests;
        _rig.RunUntil(() => _rig.Statistics.Connections == 2);
        _rig.Run(MinerOptions.DefaultSliceMs * 2);
        Assert.Equal(before + 1, _rig.Network.Work.Requests);
    }

    [Fact]
    public void Board_that_restarts_repeats_no_sequence_and_no_header()
    {
        for (int boot = 0; boot < 5; boot++)
        {
            _rig.Run(3000 + (boot * 77));
            _rig.Reboot();
        }

        _rig.Run(3000);
        Assert.All(_rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }

    [Fact]
    public void Flash_that_cannot_be_written_does_not_stop_mining()
    {
        _rig.Run(3000);
        _rig.Drive.IsBroken = true;
        _rig.Reboot();
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0);
        _rig.Reboot();
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0);
        Assert.All(_rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Miner_after_any_schedule_of_faults_is_mining_and_has_lost_nothing_unsaid(int seed)
    {
        Random random = new(seed);
        MinerRig rig = new(seed: (uint)seed, hashesPerSecond: 60);
        rig.Gateway.ShareWork = 120;
        for (int i = 0; i < 12; i++)
        {
            Fault(rig, random.Next(10));
            rig.Run(random.Next(50, 20000));
        }

        rig.Line.IsHttpUp = rig.Line.IsBrokerUp = true;
        rig.Drive.IsBroken = false;
        rig.Line.IsHttpSilent = rig.Line.LosesAcknowledgements = false;
        rig.Line.Tamper = answer => answer;
        int accepted = rig.Gateway.Accepted;
        rig.RunUntil(() => rig.Gateway.Accepted > accepted + 1 && rig.Miner.State == MinerState.Mining, 400000);
        rig.Gateway.ShareWork = 1ul << 50;
        rig.Gateway.NewJob();
        rig.Notify(clean: true);
        rig.RunUntil(() => rig.Miner.SharesWaiting == 0, 400000);
        Assert.DoesNotContain(rig.Gateway.Verdicts, v => v.Code is not (VerdictCode.Accepted or VerdictCode.Stale));
        Assert.True(
            rig.Statistics.SharesFound == rig.Statistics.SharesAcknowledged + rig.Statistics.SharesDropped,
            $"seed {seed}");
    }

    /// <summary>The schedules to run: <c>FAULT_SEEDS=first-last</c> chooses others.</summary>
    public static TheoryData<int> Seeds()
    {
        string[] range = (Environment.GetEnvironmentVariable("FAULT_SEEDS") ?? "1-60").Split('-');
        int first = int.Parse(range[0]);
        return [.. Enumerable.Range(first, int.Parse(range[^1]) - first + 1)];
    }

    private static void Fault(MinerRig rig, int kind)
    {
        switch (kind)
        {
            case 0: rig.Line.IsHttpUp = !rig.Line.IsHttpUp; break;
            case 1: rig.Line.IsHttpSilent = !rig.Line.IsHttpSilent; break;
            case 2: rig.Line.IsBrokerUp = !rig.Line.IsBrokerUp; rig.Network.Channel.Cut(); break;
            case 3: rig.Network.Channel.Cut(); break;
            case 4: rig.Line.LosesAcknowledgements = !rig.Line.LosesAcknowledgements; break;
            case 5: rig.Reboot(); break;
            case 6: rig.Gateway.NewJob(); rig.Notify(clean: true); break;
            case 7: rig.Drive.IsBroken = !rig.Drive.IsBroken; break;
            case 8: rig.Line.Tamper = answer => answer[..(answer.Length / 3)]; break;
            default: rig.Line.Tamper = answer => answer; break;
        }
    }
}
