namespace MicroFirmware.TimeSeries;

/// <summary>How long points are kept, counted back from the newest one; whole blocks go.</summary>
/// <param name="Minutes">Of points a minute apart, an hour or more. Default 48 h.</param>
/// <param name="Hours">Of points an hour apart, a day or more. Default 90 days.</param>
/// <param name="Days">Of points a day apart, 32 days or more. Default 1,096 days.</param>
public sealed record SeriesRetention(TimeSpan Minutes, TimeSpan Hours, TimeSpan Days)
{
    // Two days show yesterday beside today, minute by minute; a quarter shows a season; three years are what an owner
    // compares a device's life with. 10,000 boards come to about 1.3 GB with that.
    private const int DefaultMinuteHours = 48;
    private const int DefaultHourDays = 90;
    private const int DefaultDays = 1096;

    /// <summary>The defaults.</summary>
    public static SeriesRetention Default { get; } = new(
        TimeSpan.FromHours(DefaultMinuteHours), TimeSpan.FromDays(DefaultHourDays), TimeSpan.FromDays(DefaultDays));

    internal long SecondsOf(Tier tier) => (long)(tier.Number switch
    {
        0 => Minutes,
        1 => Hours,
        _ => Days,
    }).TotalSeconds;
}
