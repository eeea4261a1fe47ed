using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests;

/// <summary>What the miner believes, and what it does not.</summary>
public class MinerTrustTests
{
    private readonly MinerRig _rig = new();

    [Fact]
    public void Work_with_any_octet_changed_is_refused()
    {
        int at = 0;
        _rig.Line.Tamper = answer =>
        {
            byte[] changed = [.. answer];
            changed[^(1 + (at++ % WorkRecord.Length))] ^= 1;
            return changed;
        };
        _rig.Run(600000);
        Assert.True(_rig.Statistics.WorkRefused > 10);
        Assert.Equal(0, _rig.Recorder.Count);
        _rig.Line.Tamper = answer => answer;
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
    }

    [Fact]
    public void Work_of_an_earlier_request_is_refused()
    {
        byte[]? first = null;
        _rig.Line.Tamper = answer => answer.Length < WorkRecord.Length + 40 ? answer : first ??= answer;
        _rig.Gateway.ValiditySeconds = 5;
        _rig.Run(60000);
        Assert.Equal(1u, _rig.Statistics.WorkAccepted);
        Assert.True(_rig.Statistics.WorkRefused > 1);
    }

    [Fact]
    public void Work_with_headers_given_before_is_refused()
    {
        _rig.Gateway.Adjust = work => LittleEndian.WriteUInt32(work.Header, 36, 0);
        _rig.Gateway.ValiditySeconds = 5;
        _rig.Run(60000);
        Assert.Equal(1u, _rig.Statistics.WorkAccepted);
        Assert.True(_rig.Statistics.WorkRefused > 1);
    }

    [Fact]
    public void Board_that_lost_its_counters_goes_on_above_the_gateways_floor()
    {
        _rig.Gateway.CounterFloor = (900ul << 32) | 17;
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0, limitMs: 5000);
        Assert.True(_rig.Gateway.CounterFloor > (901ul << 32));
        _rig.Reboot();
        _rig.Hardware.Lines.Clear();
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0);
        Assert.DoesNotContain(_rig.Hardware.Lines, l => l.Contains("counter"));
    }

    [Fact]
    public void Floor_in_a_forged_refusal_is_not_used()
    {
        _rig.Gateway.CounterFloor = 900ul << 32;
        _rig.Line.Tamper = answer =>
        {
            string text = Ascii.GetString(answer, 0, answer.Length);
            int at = text.IndexOf(Refusal.HeaderName, StringComparison.Ordinal) + Refusal.HeaderName.Length + 2;
            char[] changed = text.ToCharArray();
            changed[at + (2 * 20)] = '7';
            return Ascii.GetBytes(new string(changed));
        };
        _rig.Run(30000);
        Assert.Equal(900ul << 32, _rig.Gateway.CounterFloor);
        Assert.DoesNotContain(_rig.Hardware.Lines, l => l.Contains("counter"));
        Assert.NotEqual(MinerState.Mining, _rig.Miner.State);
    }

    [Fact]
    public void Refusal_is_obeyed_in_its_time()
    {
        _rig.Gateway.IsRevoked = true;
        _rig.Run(60000);
        Assert.InRange(_rig.Network.Work.Requests, 2, 13);
        Assert.Equal(MinerState.Waiting, _rig.Miner.State);
        _rig.Gateway.IsRevoked = false;
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
    }

    [Fact]
    public void Flood_of_notices_makes_few_requests()
    {
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
        int before = _rig.Network.Work.Requests;
        _rig.Run(10000, () =>
        {
            _rig.Gateway.NewJob();
            _rig.Notify(clean: true);
        });
        Assert.InRange(_rig.Network.Work.Requests - before, 5, (10000 / WorkFetcher.ShortestIntervalMs) + 2);
    }

    [Fact]
    public void Garbage_on_every_topic_changes_nothing()
    {
        _rig.RunUntil(() => _rig.Gateway.Accepted > 0);
        Random random = new(3);
        string[] topics =
        [
            Topics.Job, Topics.Command(KnownBoard.Device), Topics.Verdict(KnownBoard.Device),
            "x", "", Topics.Command("other"),
        ];
        for (int i = 0; i < 500; i++)
        {
            byte[] payload = new byte[random.Next(0, 80)];
            random.NextBytes(payload);
            _rig.Network.Channel.Deliver(topics[i % topics.Length], payload);
        }

        int before = _rig.Gateway.Accepted;
        _rig.Run(5000);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
        Assert.True(_rig.Gateway.Accepted > before);
        Assert.Equal(0u, _rig.Statistics.CommandsObeyed);
        Assert.Equal(0u, _rig.Statistics.Rejected);
    }

    [Fact]
    public void Verdict_that_comes_twice_counts_once()
    {
        _rig.RunUntil(() => _rig.Statistics.Accepted > 0);
        byte[] octets = new byte[Verdict.Length];
        Verdict verdict = _rig.Gateway.Verdicts.First();
        verdict.Write(octets, 0);
        _rig.Network.Channel.Deliver(Topics.Verdict(KnownBoard.Device), octets);
        _rig.Run(1000);
        Assert.Equal(_rig.Gateway.ShareWork * _rig.Statistics.Accepted, _rig.Statistics.WorkCredited);
        Assert.True(_rig.Statistics.Accepted <= (uint)_rig.Gateway.Accepted);
    }
}
