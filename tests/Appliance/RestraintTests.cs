namespace MicroFirmware.Appliance.Tests;

/// <summary>The appliance comes first: its sections, its heat, its hours, its power.</summary>
public class RestraintTests
{
    [Fact]
    public void Foreground_section_stops_scanning_and_work_goes_on_after_it()
    {
        BoardWorld world = Mining();
        world.Board.EnterForeground();
        world.Board.EnterForeground();
        world.Run(1500);
        Assert.True(world.Board.IsStill);
        Assert.Equal((LifeState.Mining, "foreground"), (world.Board.State, world.Board.Cause));
        ulong hashes = world.Board.Statistics.Hashes;
        world.Run(100_000);
        Assert.Equal(hashes, world.Board.Statistics.Hashes);
        world.Board.LeaveForeground();
        world.Run(5000);
        Assert.Equal(hashes, world.Board.Statistics.Hashes);
        world.Board.LeaveForeground();
        world.RunUntil(() => world.Board.Statistics.Hashes > hashes + 1000);
        Assert.Null(world.Board.Cause);
        Assert.Equal((0, 1), (world.Restarts, world.Radio.Joins));
    }

    [Fact]
    public void Heat_stops_scanning_until_the_board_is_cooler_by_the_hysteresis()
    {
        BoardWorld world = Mining("temperature-max = 70\n");
        world.Hardware.Temperature = 70;
        world.Run(5000);
        Assert.Null(world.Board.Cause);
        world.Hardware.Temperature = 71;
        world.Run(5000);
        Assert.Equal("hot", world.Board.Cause);
        world.Hardware.Temperature = 70 - Restraint.HysteresisCelsius + 1;
        world.Run(5000);
        Assert.Equal("hot", world.Board.Cause);
        int requests = world.Network.Work.Requests;
        world.Run(200_000);
        Assert.Equal(requests, world.Network.Work.Requests);
        world.Hardware.Temperature = 70 - Restraint.HysteresisCelsius;
        int accepted = world.Lines[0].Gateway.Accepted;
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted);
        Assert.Null(world.Board.Cause);
    }

    [Theory]
    [InlineData("22:00-07:00", 0, 23, true)]
    [InlineData("22:00-07:00", 0, 6, true)]
    [InlineData("22:00-07:00", 0, 7, false)]
    [InlineData("22:00-07:00", 120, 5, false)]
    [InlineData("22:00-07:00", -120, 0, true)]
    [InlineData("12:00-13:00", 0, 12, true)]
    [InlineData("12:00-13:00", 0, 13, false)]
    [InlineData("off", 0, 3, false)]
    public void Quiet_hours_are_local_and_may_pass_midnight(string quiet, int offset, int utcHour, bool isQuiet)
    {
        VirtualHardware hardware = new() { UtcSeconds = (20_000L * 86_400) + (utcHour * 3600) };
        BoardSettings settings = new();
        Assert.True(settings.TrySet("quiet", quiet) && settings.TrySet("utc-offset", $"{offset}"));
        Restraint restraint = new(hardware, hardware, settings);
        restraint.Step(1000);
        Assert.Equal(isQuiet ? "quiet" : null, restraint.Cause);
        hardware.UtcSeconds = 0;
        restraint.Step(5000);
        Assert.Null(restraint.Cause);
    }

    [Theory]
    [InlineData(0, 250, 600, 100)]
    [InlineData(600, 250, 600, 100)]
    [InlineData(425, 250, 600, 50)]
    [InlineData(250, 250, 600, 0)]
    [InlineData(100, 250, 600, 0)]
    [InlineData(20_000, 1, 2, 100)]
    public void Power_budget_leaves_a_duty(int budget, int idle, int scan, int duty)
    {
        Assert.Equal(duty, Restraint.DutyOf(budget, idle, scan));
    }

    [Theory]
    [InlineData("duty = 60\n", 80, 60)]
    [InlineData("duty = 60\n", 40, 40)]
    [InlineData("duty = 60\npower-budget = 425\n", 100, 50)]
    public void Duty_in_force_is_the_least_of_setting_command_and_budget(string settings, uint command, int duty)
    {
        BoardWorld world = Mining(settings);
        world.Send(CommandCode.SetDutyPercent, command, 1);
        world.Run(1000);
        Assert.Equal(duty, world.Board.DutyPercent);
        ulong before = world.Board.Statistics.Hashes;
        world.Run(100_000);
        double rate = (world.Board.Statistics.Hashes - before) / 200_000.0;
        Assert.InRange(rate, (duty - 8) / 100.0, (duty + 8) / 100.0);
    }

    [Fact]
    public void Budget_below_the_idle_draw_stops_scanning_and_says_so()
    {
        BoardWorld world = new(settings: "power-budget = 100\n");
        world.Run(60_000);
        Assert.Equal((0UL, "budget"), (world.Board.Statistics.Hashes, world.Board.Cause));
    }

    private static BoardWorld Mining(string settings = "")
    {
        BoardWorld world = new(settings: settings);
        world.RunUntil(() => world.Board.State == LifeState.Mining && world.Lines[0].Gateway.Accepted > 0);
        return world;
    }
}
