namespace MicroFirmware.TimeSeries;

/// <summary>One resolution. Times are seconds since 1970 UTC.</summary>
/// <param name="Number">0 is the finest; it is in the file.</param>
/// <param name="UnitSeconds">From one point to the next.</param>
/// <param name="BlockPoints">Points in a block, at most 64; a block of a tier is a point of the next.</param>
internal sealed record Tier(int Number, long UnitSeconds, int BlockPoints)
{
    /// <summary>Minutes in blocks of an hour, hours in blocks of a day, days in blocks of 32.</summary>
    public static IReadOnlyList<Tier> All { get; } = [new(0, 60, 60), new(1, 3_600, 24), new(2, 86_400, 32)];

    /// <summary>What the caller's values go to.</summary>
    public static Tier Minute => All[0];

    /// <summary>True where a point is made of points of the tier below.</summary>
    public bool IsRolled => Number > 0;

    /// <summary>The next coarser one, or null.</summary>
    public Tier? Next => Number + 1 < All.Count ? All[Number + 1] : null;

    public long BlockSeconds => UnitSeconds * BlockPoints;

    /// <summary>Start of the point that a time is in.</summary>
    public long PointOf(long seconds) => Floor(seconds, UnitSeconds);

    /// <summary>Start of the block that a time is in.</summary>
    public long BlockOf(long seconds) => Floor(seconds, BlockSeconds);

    /// <summary>The last multiple that is not after a time.</summary>
    public static long Floor(long seconds, long unit) => seconds - ((seconds % unit + unit) % unit);
}
