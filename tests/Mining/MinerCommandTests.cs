using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests;

public class MinerCommandTests
{
    private readonly MinerRig _rig = new();

    public MinerCommandTests() => _rig.RunUntil(() => _rig.Gateway.Accepted > 0);

    [Fact]
    public void Pause_stops_hashing_and_resume_goes_on_without_repeating_any()
    {
        _rig.Send(CommandCode.Pause, 0, 1);
        _rig.RunUntil(() => _rig.Miner.State == MinerState.Paused);
        _rig.Run(100);
        int before = _rig.Recorder.Count;
        int requests = _rig.Network.Work.Requests;
        _rig.Run(300000);
        Assert.Equal(before, _rig.Recorder.Count);
        Assert.Equal(requests, _rig.Network.Work.Requests);
        _rig.Send(CommandCode.Resume, 0, 2);
        _rig.RunUntil(() => _rig.Recorder.Count > before + 500);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
    }

    [Fact]
    public void Pause_and_resume_within_the_same_work_uses_it_on()
    {
        for (ulong i = 1; i < 20; i += 2)
        {
            _rig.Send(CommandCode.Pause, 0, i);
            _rig.Run(60);
            _rig.Send(CommandCode.Resume, 0, i + 1);
            _rig.Run(333);
        }

        Assert.Equal(20u, _rig.Statistics.CommandsObeyed);
        Assert.Equal(MinerState.Mining, _rig.Miner.State);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(90)]
    public void Duty_is_the_share_of_time_that_is_hashed(int percent)
    {
        _rig.Send(CommandCode.SetDutyPercent, (uint)percent, 1);
        _rig.Run(2000);
        int before = _rig.Recorder.Count;
        _rig.Run(60000);
        Assert.InRange(_rig.Recorder.Count - before, 30000 * (percent - 4) / 100, 30000 * (percent + 6) / 100);
    }

    [Fact]
    public void Identify_reaches_the_board()
    {
        _rig.Send(CommandCode.Identify, 30, 1);
        _rig.Run(200);
        Assert.Equal(30, _rig.Hardware.IdentifySeconds);
    }

    [Fact]
    public void Restart_says_goodbye_first()
    {
        _rig.Send(CommandCode.Restart, 0, 1);
        _rig.Run(2000);
        Assert.Equal(1, _rig.Hardware.Restarts);
        (string topic, byte[] payload, bool retain) = _rig.Published.Last(p => p.Retain);
        Assert.Equal(Topics.Status(KnownBoard.Device), topic);
        Assert.Equal("offline", Ascii.GetString(payload, 0, payload.Length));
        Assert.True(retain);
    }

    [Fact]
    public void Command_of_another_key_is_not_obeyed()
    {
        _rig.Send(CommandCode.Restart, 0, 1, new byte[Limits.KeyLength]);
        _rig.Run(2000);
        Assert.Equal((0, 1u), (_rig.Hardware.Restarts, _rig.Statistics.CommandsRefused));
    }

    [Fact]
    public void Command_sent_again_is_not_obeyed_even_after_a_restart()
    {
        _rig.Send(CommandCode.Identify, 30, 5);
        _rig.Run(200);
        _rig.Send(CommandCode.Restart, 0, 5);
        _rig.Send(CommandCode.Restart, 0, 4);
        _rig.Run(2000);
        Assert.Equal((0, 2u), (_rig.Hardware.Restarts, _rig.Statistics.CommandsRefused));
        _rig.Reboot();
        _rig.RunUntil(() => _rig.Network.Channel.IsOpen);
        _rig.Send(CommandCode.Restart, 0, 5);
        _rig.Run(2000);
        Assert.Equal(0, _rig.Hardware.Restarts);
    }

    [Fact]
    public void Command_whose_counter_cannot_be_stored_is_not_obeyed()
    {
        _rig.Drive.IsBroken = true;
        _rig.Send(CommandCode.Restart, 0, 1);
        _rig.Run(2000);
        Assert.Equal(0, _rig.Hardware.Restarts);
    }
}
