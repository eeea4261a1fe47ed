using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>Hash rates as people type them, in hashes per second: <c>200</c>, <c>350k</c>, <c>1.2M</c>.</summary>
internal static class HashRateText
{
    private const double Most = 1e12;

    /// <summary>Reads a rate.</summary>
    /// <returns>False if the text is anything else, or not between 1 H/s and 1 TH/s.</returns>
    public static bool TryParse(string text, out double hashesPerSecond)
    {
        double factor = text.Length == 0 ? 0 : text[^1] switch
        {
            'k' => 1e3,
            'M' => 1e6,
            'G' => 1e9,
            _ => 1,
        };
        string number = factor > 1 ? text[..^1] : text;
        bool isRate = double.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hashesPerSecond);
        hashesPerSecond *= factor;
        return isRate && hashesPerSecond is >= 1 and <= Most;
    }
}
