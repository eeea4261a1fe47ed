namespace MicroFirmware.Mqtt.Tests;

/// <summary>Waits for something that has no event of its own.</summary>
internal static class Waiting
{
    /// <summary>Looks until it is so; fails after half a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (int i = 0; i < 6_000; i++)
        {
            if (condition())
            {
                return;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail("It did not come about in 30 s.");
    }
}
