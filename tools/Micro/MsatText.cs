using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>Amounts as people type them: <c>50msat</c>, <c>2sat</c>.</summary>
internal static class MsatText
{
    private const long MsatPerSat = 1_000;

    // All there will ever be, in millisatoshi.
    private const long Most = 2_100_000_000_000_000_000;

    /// <summary>Reads a whole amount with its unit.</summary>
    /// <returns>False if the text is anything else, is zero, or is more than there is.</returns>
    public static bool TryParse(string text, out long msat)
    {
        bool isMsat = text.EndsWith("msat", StringComparison.Ordinal);
        bool isSat = !isMsat && text.EndsWith("sat", StringComparison.Ordinal);
        long unit = isMsat ? 1 : MsatPerSat;
        string digits = isMsat ? text[..^4] : isSat ? text[..^3] : "";
        bool good = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out msat)
            && msat > 0 && msat <= Most / unit;
        msat = good ? msat * unit : 0;
        return good;
    }
}
