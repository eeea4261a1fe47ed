using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>Durations as people type them: <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h30m</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, double Seconds)[] s_units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads one or more number-and-unit pairs, each unit larger than the next one's.</summary>
    /// <returns>False if the text is anything else, is zero, or is longer than a year.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        double seconds = 0;
        double smallestUnit = double.MaxValue;
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out double number))
            {
                return false;
            }

            rest = rest[digits..];
            int letters = rest.IndexOfAny("0123456789.");
            double unit = SecondsOf(letters < 0 ? rest : rest[..letters]);
            if (unit == 0 || unit >= smallestUnit)
            {
                return false;
            }

            rest = letters < 0 ? [] : rest[letters..];
            seconds += number * unit;
            smallestUnit = unit;
        }

        bool inRange = seconds > 0 && seconds <= TimeSpan.FromDays(366).TotalSeconds;
        duration = inRange ? TimeSpan.FromSeconds(seconds) : default;
        return inRange;
    }

    private static double SecondsOf(ReadOnlySpan<char> unit)
    {
        foreach ((string name, double seconds) in s_units)
        {
            if (unit.SequenceEqual(name))
            {
                return seconds;
            }
        }

        return 0;
    }
}
