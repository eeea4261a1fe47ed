using System.Globalization;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>How long something takes on average, in words that a person understands.</summary>
internal static class Odds
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;
    private const double Year = 365.2425 * Day;

    // The universe is 13.8 billion years old: above that, times of it say more than another power of ten.
    private const double Universe = 13.8e9 * Year;
    private const double Billion = 1e9;
    private const double Million = 1e6;
    private const double Thousand = 1e3;

    /// <summary>A mean time between two: <c>about once in 3 million years</c>, <c>about every 4 seconds</c>.</summary>
    /// <param name="seconds">The mean time; infinite or not a number for never.</param>
    public static string Text(double seconds) => seconds switch
    {
        <= 0 or double.NaN or double.PositiveInfinity => "not while nothing is proven",
        < 1.5 => "about every second",
        < 1.5 * Minute => Every(seconds, "seconds"),
        < 1.5 * Hour => Every(seconds / Minute, "minutes"),
        < 2 * Day => Every(seconds / Hour, "hours"),
        < Year => Every(seconds / Day, "days"),
        _ => "about once in " + Years(seconds / Year),
    };

    /// <summary>The chance of any one day: <c>1 in 58 million on any one day</c>; null where it is no lottery.
    /// </summary>
    /// <param name="seconds">The mean time between two.</param>
    public static string? OfDay(double seconds) => seconds is <= 10 * Day or double.NaN or double.PositiveInfinity
        ? null : $"1 in {Large(seconds / Day)} on any one day";

    /// <summary>Years in words: <c>3 million years</c>.</summary>
    public static string Years(double years) => years switch
    {
        > Universe / Year => $"{Two(years * Year / Universe)} times the age of the universe",
        >= Billion => $"{Two(years / Billion)} billion years",
        >= Million => $"{Two(years / Million)} million years",
        >= 10 * Thousand => $"{Two(years / Thousand)} thousand years",
        >= 1.5 => $"{Two(years)} years",
        _ => "a year",
    };

    /// <summary>A part of a whole: <c>0.2 %</c>, or <c>1 part in 5 billion</c> where a percentage says nothing.
    /// </summary>
    public static string Share(double part) => part switch
    {
        <= 0 or double.NaN => "nothing yet",
        >= 0.001 => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(part, 1) * 100:0.##} %"),
        _ => $"1 part in {Large(1 / part)}",
    };

    private static string Every(double count, string unit) => $"about every {Two(count)} {unit}";

    /// <summary>A large number in words: <c>2.5 million</c>.</summary>
    public static string Large(double number) => number switch
    {
        >= 1e21 => $"{Two(number / 1e21)} sextillion",
        >= 1e18 => $"{Two(number / 1e18)} quintillion",
        >= 1e15 => $"{Two(number / 1e15)} quadrillion",
        >= 1e12 => $"{Two(number / 1e12)} trillion",
        >= Billion => $"{Two(number / Billion)} billion",
        >= Million => $"{Two(number / Million)} million",
        _ => Two(number),
    };

    /// <summary>Two digits that count: nobody's luck is known better.</summary>
    private static string Two(double number)
    {
        if (number < 10)
        {
            return number.ToString("0.#", CultureInfo.InvariantCulture);
        }

        double step = Math.Pow(10, Math.Floor(Math.Log10(number)) - 1);
        return (Math.Round(number / step) * step).ToString("N0", CultureInfo.InvariantCulture);
    }
}
