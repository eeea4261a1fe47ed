using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Tests.Devices;

public class CounterWindowTests
{
    private const ulong Boot = 7UL << 32;

    [Theory]
    [InlineData(1UL, true)]
    [InlineData(CounterWindow.Length, true)]
    [InlineData(CounterWindow.Length + 1UL, false)]
    public void TryUse_counter_below_the_greatest_is_taken_as_far_as_the_window_reaches(ulong below, bool isTaken)
    {
        CounterWindow window = default;
        window.TryUse(Boot + 1000);

        Assert.Equal(isTaken, window.TryUse(Boot + 1000 - below));
        Assert.False(window.TryUse(Boot + 1000 - below));
        Assert.Equal(Boot + 1000, window.Greatest);
    }

    [Fact]
    public void TryUse_counter_of_an_earlier_start_of_the_board_is_refused()
    {
        CounterWindow window = default;
        window.TryUse(Boot);

        Assert.False(window.TryUse(Boot - 1));
    }

    [Fact]
    public void TryUse_after_a_restart_only_greater_ones_are_taken()
    {
        CounterWindow window = new(Boot + 10);

        Assert.All(Enumerable.Range(0, 11), n => Assert.False(window.TryUse(Boot + (ulong)n)));
        Assert.True(window.TryUse(Boot + 12));
        Assert.True(window.TryUse(Boot + 11));
        Assert.False(window.TryUse(Boot + 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryUse_any_order_takes_each_counter_at_most_once_and_every_one_that_the_window_reaches(int seed)
    {
        Random random = new(seed);
        CounterWindow window = default;
        HashSet<ulong> used = [];
        ulong greatest = Boot;
        window.TryUse(greatest);
        used.Add(greatest);
        for (int i = 0; i < 20_000; i++)
        {
            ulong counter = greatest + 40 - (ulong)random.Next(150);
            bool isExpected = counter > greatest
                || (counter >= Boot && greatest - counter <= CounterWindow.Length && !used.Contains(counter));

            Assert.Equal(isExpected, window.TryUse(counter));
            used.Add(counter);
            greatest = Math.Max(greatest, counter);
            Assert.Equal(greatest, window.Greatest);
        }
    }
}
