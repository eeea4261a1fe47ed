namespace MicroFirmware.TimeSeries;

/// <summary>Where a chart's points lie. Times are seconds since 1970 UTC.</summary>
/// <param name="First">Start of the first point.</param>
/// <param name="StepSeconds">From one point to the next.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ChartGrid(long First, long StepSeconds, int Count)
{
    // What people count in: each divides an hour, a day or a week, or is made of those.
    private static readonly int[] s_minutes = [1, 2, 5, 10, 15, 20, 30];
    private static readonly int[] s_hours = [1, 2, 3, 4, 6, 8, 12];
    private static readonly int[] s_days = [1, 2, 4, 7, 14, 28, 56, 112, 224];

    private static readonly long[] s_steps =
        [.. s_minutes.Select(n => n * 60L), .. s_hours.Select(n => n * 3_600L), .. s_days.Select(n => n * 86_400L)];

    public long End => First + (StepSeconds * Count);

    /// <summary>The finest grid over a time that has no more points than wanted.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="to">Its end, after the start.</param>
    /// <param name="maxPoints">The most points, 1 or more.</param>
    /// <param name="leastStep">The least step.</param>
    public static ChartGrid Over(long from, long to, int maxPoints, long leastStep)
    {
        foreach (long step in s_steps)
        {
            if (step >= leastStep && step % leastStep == 0 && Over(from, to, step) is var grid
                && grid.Count <= maxPoints)
            {
                return grid;
            }
        }

        // Longer than anything that is kept: as many of the longest steps as it takes.
        for (long step = s_steps[^1]; ; step *= 2)
        {
            if (Over(from, to, step) is var grid && grid.Count <= maxPoints)
            {
                return grid;
            }
        }
    }

    private static ChartGrid Over(long from, long to, long step)
    {
        long first = Tier.Floor(from, step);
        return new ChartGrid(first, step, (int)Math.Min(int.MaxValue, (to - first + step - 1) / step));
    }
}
