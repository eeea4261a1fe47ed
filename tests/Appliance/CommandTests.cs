namespace MicroFirmware.Appliance.Tests;

public class CommandTests
{
    private readonly BoardWorld _world = new(gateways: 2);

    public CommandTests() => _world.RunUntil(
        () => _world.Board.State == LifeState.Mining && _world.Network.Channel.IsOpen);

    [Fact]
    public void Pause_holds_until_resume()
    {
        _world.Send(CommandCode.Pause, 0, 1);
        _world.Run(2000);
        Assert.Equal((LifeState.Mining, "paused"), (_world.Board.State, _world.Board.Cause));
        ulong hashes = _world.Board.Statistics.Hashes;
        _world.Run(3_600_000);
        Assert.Equal((hashes, 0), (_world.Board.Statistics.Hashes, _world.Restarts));
        _world.Send(CommandCode.Resume, 0, 2);
        _world.RunUntil(() => _world.Board.Statistics.Hashes > hashes);
    }

    [Fact]
    public void Restart_is_remembered_as_a_command()
    {
        _world.Send(CommandCode.Restart, 0, 1);
        _world.RunUntil(() => _world.Restarts == 1);
        Assert.Equal(ResetReason.Command, _world.Board.ResetAt(0));
        Assert.Equal("offline", _world.Network.Channel.Status);
        _world.RunUntil(() => _world.Network.Channel.Status == "online");
    }

    [Fact]
    public void Gateway_that_is_set_becomes_the_first_and_stays_it()
    {
        _world.Send(CommandCode.SetGateway, 0, 1, "gw-2");
        _world.RunUntil(() => _world.Restarts == 1);
        _world.RunUntil(() => _world.Lines[1].Gateway.Accepted > 1);
        Assert.Equal(["gw-2", "gw-1"], _world.Board.Settings.Gateways.Select(g => g.Host));
        _world.LosePower();
        _world.RunUntil(() => _world.Board.State == LifeState.Mining);
        Assert.Equal("gw-2", _world.Board.GatewayHost);
    }

    [Fact]
    public void Gateway_that_does_not_exist_is_left_for_the_one_before()
    {
        _world.Send(CommandCode.SetGateway, 0, 1, "nowhere:80:1883");
        _world.RunUntil(() => _world.Restarts == 1);
        int accepted = _world.Lines[0].Gateway.Accepted;
        _world.RunUntil(() => _world.Lines[0].Gateway.Accepted > accepted);
        Assert.Equal(["nowhere", "gw-1", "gw-2"], _world.Board.Settings.Gateways.Select(g => g.Host));
        Assert.Equal("fallback", _world.Board.Cause);
    }

    [Fact]
    public void Gateway_that_is_no_host_changes_nothing()
    {
        _world.Send(CommandCode.SetGateway, 0, 1, "no host");
        _world.Run(5000);
        Assert.Equal((0, 2), (_world.Restarts, _world.Board.Settings.Gateways.Length));
    }

    [Fact]
    public void Command_with_text_of_another_key_or_an_old_counter_is_not_obeyed()
    {
        _world.Send(CommandCode.SetGateway, 0, 5, "gw-2", new byte[Limits.KeyLength]);
        _world.Send(CommandCode.Identify, 9, 7);
        _world.Send(CommandCode.SetGateway, 0, 7, "gw-2");
        _world.Send(CommandCode.SetGateway, 0, 6, "gw-2");
        _world.Run(5000);
        Assert.Equal((0, 9), (_world.Restarts, _world.Hardware.IdentifySeconds));
        Assert.Equal(3u, _world.Board.Statistics.CommandsRefused);
    }

    [Fact]
    public void Telemetry_says_what_the_board_knows()
    {
        _world.RunUntil(() => _world.Lines[0].Gateway.Accepted > 3);
        _world.Run(40_000);
        byte[] octets = _world.Network.Channel.Telemetry;
        Assert.Equal(ParseStatus.Done, Telemetry.Parse(octets, 0, octets.Length, out Telemetry telemetry));
        Assert.Equal(
            ("mining", null, "power", "gw-1", 1L),
            (telemetry.State, telemetry.Cause, telemetry.Reset, telemetry.Gateway, telemetry.Boots));
        Assert.True(telemetry.Found >= telemetry.Accepted && telemetry.Accepted > 0 && telemetry.Dropped == 0);
        Assert.Equal(Telemetry.Unknown, telemetry.RefusedOf(VerdictCode.Stale));
        Assert.Equal((-61L, Telemetry.Unknown), (telemetry.Rssi, telemetry.Temperature));
    }
}
