namespace MicroFirmware.Appliance.Tests;

public class LifeTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Board_with_settings_goes_from_boot_to_mining()
    {
        BoardWorld world = new();
        List<LifeState> states = [];
        world.RunUntil(() =>
        {
            if (states.Count == 0 || states[^1] != world.Board.State)
            {
                states.Add(world.Board.State);
            }

            return world.Board.State == LifeState.Mining;
        });
        Assert.Equal([LifeState.Boot, LifeState.Network, LifeState.Time], states.Take(3));
        Assert.Equal(states.Order(), states);
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 3);
        Assert.Null(world.Board.Cause);
    }

    [Fact]
    public void Board_without_a_time_server_mines_and_says_so()
    {
        BoardWorld world = new();
        world.Radio.HasTimeServer = false;
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 3);
        world.Run(MiningLife.TimeDeadlineMs);
        Assert.Equal((LifeState.Degraded, "no-time"), (world.Board.State, world.Board.Cause));
        world.Radio.HasTimeServer = true;
        world.RunUntil(() => world.Board.State == LifeState.Mining);
    }

    [Fact]
    public void Access_point_that_restarts_is_joined_again_however_long_it_took()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        foreach (long awayMs in (long[])[2000, 90_000, HourMs])
        {
            world.Radio.IsUp = false;
            world.Network.Cut();
            world.Run(awayMs);
            world.Radio.IsUp = true;
            int accepted = world.Lines[0].Gateway.Accepted;
            world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted && world.Board.State == LifeState.Mining);
        }

        Assert.InRange(world.Radio.Joins, 3, 120);
    }

    [Fact]
    public void Join_that_hangs_is_given_up_after_its_deadline()
    {
        BoardWorld world = new();
        world.Radio.IsStuck = true;
        world.Run(NetworkKeeper.JoinDeadlineMs - 1000);
        Assert.Equal((1, 0), (world.Radio.Joins, world.Radio.Leaves));
        world.RunUntil(() => world.Board.State == LifeState.Mining, NetworkKeeper.JoinDeadlineMs);
    }

    [Fact]
    public void Second_gateway_mines_while_the_first_is_away_and_the_first_again_after()
    {
        BoardWorld world = new(gateways: 2);
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 1);
        world.Lines[0].IsHttpUp = world.Lines[0].IsBrokerUp = false;
        world.Network.Cut();
        world.RunUntil(() => world.Lines[1].Gateway.Accepted > 1, 240_000);
        world.RunUntil(() => world.Board.State == LifeState.Degraded && world.Board.Cause == "fallback");
        world.Run(HourMs);
        Assert.Equal("gw-2", world.Board.GatewayHost);
        world.Lines[0].Mend();
        int accepted = world.Lines[0].Gateway.Accepted;
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted + 1, GatewayOrder.LongestReturnMs + 300_000);
        world.RunUntil(() => world.Board.SharesWaiting == 0);
    }

    [Fact]
    public void First_gateway_that_stays_away_is_tried_less_and_less_often()
    {
        BoardWorld world = new(gateways: 2);
        world.Hardware.IsMute = true;
        world.Lines[0].IsHttpUp = false;
        int returns = 0;
        string host = "";
        world.RunUntil(() => world.Lines[1].Gateway.Accepted > 0);
        long end = world.Hardware.NowMs + (12 * HourMs);
        while (world.Hardware.NowMs < end)
        {
            world.Run(5000);
            returns += world.Board.GatewayHost == "gw-1" && host == "gw-2" ? 1 : 0;
            host = world.Board.GatewayHost!;
        }

        Assert.InRange(returns, 5, 12);
    }

    [Fact]
    public void Shares_wait_for_their_own_gateway()
    {
        BoardWorld world = new(gateways: 2);
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        world.Lines[0].IsBrokerUp = false;
        world.Network.Channel.Cut();
        world.RunUntil(() => world.Board.SharesWaiting >= 5);
        world.Lines[0].IsHttpUp = false;
        world.RunUntil(() => world.Lines[1].Gateway.Accepted > 0);
        int seen = world.Lines[0].Gateway.Seen.Count;
        Assert.True(world.Board.SharesWaiting >= 5);
        world.Lines[0].Mend();
        world.RunUntil(() => world.Board.GatewayHost == "gw-1", GatewayOrder.LongestReturnMs);
        world.RunUntil(() => world.Board.SharesWaiting == 0);
        Assert.True(world.Lines[0].Gateway.Seen.Count >= seen + 5);
        Assert.All(world.Lines, l => Assert.Empty(l.Gateway.Wrong));
    }

    [Fact]
    public void Shares_that_wait_outlive_a_restart_that_the_board_chose()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        world.Lines[0].LosesAcknowledgements = true;
        world.RunUntil(() => world.Board.SharesWaiting >= 6);
        world.Lines[0].IsBrokerUp = false;
        world.Network.Channel.Cut();
        int seen = world.Lines[0].Gateway.Seen.Count;
        world.RunUntil(() => world.Board.SharesWaiting >= 12);
        long found = world.Found;
        world.Hardware.Type("reboot\n");
        world.RunUntil(() => world.Restarts == 1);
        world.Lines[0].Mend();
        world.RunUntil(() => world.Lines[0].Gateway.Seen.Count >= found && world.Board.SharesWaiting == 0);
        Assert.True(found > seen);
        Assert.Equal(world.Found, world.Lines[0].Gateway.Seen.Count);
        world.Run(5000);
        Assert.Empty(world.Drive[ShareVault.FileName]!);
    }

    [Fact]
    public void Starts_in_vain_end_in_safe_mode_and_one_more_try()
    {
        BoardWorld world = new();
        for (int i = 0; i < Supervisor.StartsInVainMax; i++)
        {
            world.Run(5000);
            Assert.NotEqual(LifeState.Safe, world.Board.State);
            world.LosePower();
        }

        world.Run(5000);
        Assert.Equal(LifeState.Safe, world.Board.State);
        int requests = world.Network.Work.Requests;
        world.Run(Supervisor.SafeMs - 10_000);
        Assert.Equal((requests, 0), (world.Network.Work.Requests, world.Restarts));
        world.RunUntil(() => world.Restarts == 1);
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        world.LosePower();
        world.Run(5000);
        Assert.Equal(LifeState.Safe, world.Board.State);
    }

    [Fact]
    public void Starts_that_mine_for_a_minute_are_not_in_vain()
    {
        BoardWorld world = new();
        for (int i = 0; i < 3 * Supervisor.StartsInVainMax; i++)
        {
            world.Run(2 * MiningLife.GoodMs);
            world.LosePower();
        }

        world.RunUntil(() => world.Board.State == LifeState.Mining);
    }

    [Fact]
    public void Starts_that_last_are_not_in_vain_whatever_keeps_them_from_mining()
    {
        BoardWorld world = new();
        world.Lines[0].IsHttpUp = false;
        for (int i = 0; i < 3 * Supervisor.StartsInVainMax; i++)
        {
            world.Run(MiningLife.LastedMs + 1000);
            world.LosePower();
        }

        world.Lines[0].Mend();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
    }

    [Fact]
    public void Scanner_that_hangs_is_restarted_before_anything_else()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > 1);
        world.Scanner.IsStuck = world.Fallback.IsStuck = true;
        world.Run(45_000);
        world.Scanner.IsStuck = false;
        int accepted = world.Lines[0].Gateway.Accepted;
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted, StallWatch.NetworkMs);
        Assert.Equal("planted", world.Board.ScannerName);
        Assert.Equal((0, 1), (world.Restarts, world.Radio.Joins));
    }

    [Fact]
    public void Gateway_that_stays_away_restarts_the_network_and_in_the_end_the_board()
    {
        BoardWorld world = new();
        world.Hardware.IsMute = true;
        world.Lines[0].IsHttpUp = false;
        world.Run(HourMs);
        Assert.Equal(0, world.Restarts);
        Assert.InRange(world.Radio.Joins, 4, 8);
        world.Run(2 * HourMs);
        Assert.Equal(1, world.Restarts);
        world.Lines[0].Mend();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
    }

    [Fact]
    public void Restart_that_does_not_happen_is_asked_for_again()
    {
        BoardWorld world = new();
        world.RunUntil(() => world.Board.State == LifeState.Mining);
        world.Hardware.CanRestart = false;
        world.Hardware.Type("reboot\n");
        world.Run(5000);
        world.Hardware.CanRestart = true;
        world.RunUntil(() => world.Restarts == 1, Supervisor.RestartAgainMs);
    }

    /// <summary>The first minutes of a board make some hundreds of calls of its ports; the network goes at
    /// each.</summary>
    [Fact]
    public void Network_cut_at_any_call_of_a_port_leaves_a_board_that_mines()
    {
        for (int call = 0; call < 300; call++)
        {
            BoardWorld world = new(seed: (uint)call + 1);
            world.Network.CutAfter = call;
            world.Hardware.IsMute = true;
            world.RunUntil(() => world.Network.CutAfter is null);
            int accepted = world.Lines[0].Gateway.Accepted;
            world.RunUntil(
                () => world.Board.State == LifeState.Mining && world.Lines[0].Gateway.Accepted > accepted, 120_000);
            Assert.Empty(world.Lines[0].Gateway.Wrong);
        }
    }

    [Fact]
    public void Month_without_anybody_passes_with_daily_trouble()
    {
        BoardWorld world = new(gateways: 2, seed: 9);
        world.Hardware.IsMute = true;
        world.Scanner.ShareMs = 30_000;
        Random random = new(9);
        for (int day = 0; day < 30; day++)
        {
            world.Run(random.NextInt64(12 * HourMs));
            world.Radio.IsUp = day % 5 != 0;
            world.Lines[0].IsHttpUp = day % 3 != 0;
            world.Lines[0].IsBrokerUp = day % 4 != 0;
            world.Network.Cut();
            world.Run(random.NextInt64(2 * HourMs));
            world.Radio.IsUp = true;
            world.Lines[0].Mend();
        }

        world.RunUntil(() => world.Board.State == LifeState.Mining, 4 * HourMs);
        world.RunUntil(() => world.Board.SharesWaiting == 0);
        HashSet<ulong> seen = [.. world.Lines.SelectMany(l => l.Gateway.Seen.Keys)];
        Assert.True(world.Found - seen.Count <= world.Dropped, $"{world.Found} {seen.Count} {world.Dropped}");
        Assert.All(world.Lines, l => Assert.Empty(l.Gateway.Wrong));
    }
}
