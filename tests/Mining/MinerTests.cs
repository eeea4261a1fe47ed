using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests;

public class MinerTests
{
    private readonly MinerRig _rig = new();

    [Fact]
    public void Miner_on_a_good_network_has_its_shares_accepted()
    {
        _rig.Run(20000);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
        Assert.InRange(_rig.Gateway.Accepted, 50, 500);
        Assert.All(_rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
        Assert.Equal(_rig.Statistics.SharesFound, _rig.Statistics.SharesAcknowledged + (uint)_rig.Miner.SharesWaiting);
        Assert.InRange(_rig.Statistics.Accepted, (uint)_rig.Gateway.Accepted - 3, (uint)_rig.Gateway.Accepted);
        Assert.Equal(0u, _rig.Statistics.Rejected);
    }

    [Fact]
    public void Clean_notice_stops_the_old_work_within_a_slice()
    {
        _rig.RunUntil(() => _rig.Gateway.Accepted > 3);
        _rig.Gateway.NewJob();
        _rig.Notify(clean: true);
        long noticed = _rig.Hardware.NowMs + _rig.Network.LatencyMs;
        string old = _rig.Recorder.Header;
        _rig.Run(2000, () => Assert.False(
            _rig.Recorder.Header == old && _rig.Recorder.HashedAt > noticed + MinerOptions.DefaultSliceMs));
        Assert.Contains(_rig.Gateway.Verdicts, v => v.JobId == _rig.Gateway.JobId && v.IsAccepted);
        Assert.True(_rig.Gateway.Verdicts.Count(v => v.Code == VerdictCode.Stale) < 5);
    }

    [Fact]
    public void Notice_that_is_not_clean_keeps_the_old_work_until_the_new_is_there()
    {
        _rig.RunUntil(() => _rig.Gateway.Accepted > 3);
        _rig.Line.IsHttpUp = false;
        _rig.Gateway.NewJob();
        _rig.Notify(clean: false);
        int before = _rig.Recorder.Count;
        _rig.Run(3000);
        Assert.True(_rig.Recorder.Count > before + 500);
    }

    [Fact]
    public void Work_that_expires_is_hashed_no_more()
    {
        _rig.Gateway.ValiditySeconds = 10;
        _rig.RunUntil(() => _rig.Gateway.Accepted > 3);
        _rig.Line.IsHttpUp = false;
        _rig.Run(15000);
        int before = _rig.Recorder.Count;
        _rig.Run(10000);
        Assert.Equal(before, _rig.Recorder.Count);
        _rig.Line.IsHttpUp = true;
        _rig.RunUntil(() => _rig.Recorder.Count > before);
    }

    [Fact]
    public void Space_that_is_used_up_is_walked_whole_and_replaced()
    {
        _rig.Gateway.LastNonce = 63;
        _rig.Run(15000);
        Assert.True(_rig.Gateway.WorkGiven > 4);
        Assert.InRange(_rig.Recorder.Count, 2 * 64 * 4 * 3, int.MaxValue);
        Assert.All(_rig.Gateway.Verdicts, v => Assert.Equal(VerdictCode.Accepted, v.Code));
    }

    [Fact]
    public void Status_is_online_and_retained_after_connecting()
    {
        _rig.RunUntil(() => _rig.Published.Count > 0);
        (string topic, byte[] payload, bool retain) = _rig.Published[0];
        Assert.Equal((Topics.Status(KnownBoard.Device), "online", true), (topic, Text(payload), retain));
    }

    [Fact]
    public void Telemetry_tells_what_the_statistics_say()
    {
        _rig.Run(65000);
        byte[] payload = _rig.Published.Last(p => p.Topic == Topics.Telemetry(KnownBoard.Device)).Payload;
        Assert.Equal(ParseStatus.Done, Telemetry.Parse(payload, 0, payload.Length, out Telemetry telemetry));
        Assert.Equal("mining", telemetry.State);
        Assert.Equal("recording", telemetry.Scanner);
        Assert.Equal(-61, telemetry.Rssi);
        Assert.Equal(100, telemetry.Duty);
        Assert.Equal(Telemetry.Unknown, telemetry.Temperature);
        Assert.InRange(telemetry.HashRate, 400, 510);
        Assert.InRange(telemetry.Accepted, 1, _rig.Statistics.Accepted);
    }

    [Fact]
    public void Watchdog_is_fed_at_least_every_second()
    {
        long last = _rig.Hardware.NowMs;
        _rig.Line.IsHttpUp = false;
        _rig.Line.IsBrokerUp = false;
        _rig.Run(60000, () =>
        {
            Assert.InRange(_rig.Hardware.NowMs - _rig.Hardware.FedAt, 0, 1100);
            last = _rig.Hardware.NowMs;
        });
    }

    [Fact]
    public void Options_that_are_incomplete_break_the_miner_and_say_so()
    {
        VirtualHardware board = new();
        MinerOptions options = new() { DeviceId = "Not An Id", Key = KnownBoard.Key };
        Miner miner = new(options, new MinerPorts { Scanner = new UnrolledScanner(), Console = board, Board = board });
        Assert.Equal(1000, miner.Step(0));
        Assert.Equal(MinerState.Broken, miner.State);
        Assert.Contains(board.Lines, l => l.Contains("out of range"));
    }

    private static string Text(byte[] payload) => Ascii.GetString(payload, 0, payload.Length);
}
