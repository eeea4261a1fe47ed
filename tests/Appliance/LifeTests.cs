namespace MicroFirmware.Appliance.Tests;

public class LifeTests
{
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
}
