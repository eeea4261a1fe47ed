using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>How long figures are kept for charts. 10,000 boards take about a gigabyte with the defaults.</summary>
public sealed class SeriesOptions
{
    /// <summary>How long every minute is kept, 1 h to 14 days. Default 48 h.</summary>
    public TimeSpan Minutes { get; set; } = SeriesRetention.Default.Minutes;

    /// <summary>How long every hour is kept, 1 day to 400 days. Default 90 days.</summary>
    public TimeSpan Hours { get; set; } = SeriesRetention.Default.Hours;

    /// <summary>How long every day is kept, 32 days to 20 years. Default three years.</summary>
    public TimeSpan Days { get; set; } = SeriesRetention.Default.Days;

    internal SeriesRetention Retention => new(Minutes, Hours, Days);

    internal void Check(string section, ConfigurationProblems problems)
    {
        problems.Range($"{section}:{nameof(Minutes)}", Minutes, TimeSpan.FromHours(1), TimeSpan.FromDays(14));
        problems.Range($"{section}:{nameof(Hours)}", Hours, TimeSpan.FromDays(1), TimeSpan.FromDays(400));
        problems.Range($"{section}:{nameof(Days)}", Days, TimeSpan.FromDays(32), TimeSpan.FromDays(20 * 366));
    }
}
