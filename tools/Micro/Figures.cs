using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>Numbers as people read them; three significant digits, the same in every language.</summary>
internal static class Figures
{
    private static readonly (double Factor, string Unit)[] s_rates =
        [(1e12, "TH/s"), (1e9, "GH/s"), (1e6, "MH/s"), (1e3, "kH/s")];

    /// <summary>A hash rate given in H/s, such as <c>348 kH/s</c>.</summary>
    public static string HashRate(double hashesPerSecond)
    {
        foreach ((double factor, string unit) in s_rates)
        {
            // 999.5 would print as 1000 of the smaller unit.
            if (hashesPerSecond >= 0.9995 * factor)
            {
                return $"{ThreeDigits(hashesPerSecond / factor)} {unit}";
            }
        }

        return $"{ThreeDigits(hashesPerSecond)} H/s";
    }

    /// <summary>A difficulty, such as <c>0.00132</c>, <c>4.1e-07</c> or <c>-</c> for none yet.</summary>
    public static string Difficulty(double difficulty) =>
        difficulty <= 0 ? "-" : difficulty.ToString("G3", CultureInfo.InvariantCulture).Replace("E", "e");

    private static string ThreeDigits(double number) => number switch
    {
        >= 99.95 => number.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
