using System.Globalization;
using System.Numerics;

namespace MicroFirmware.Micro.Money;

/// <summary>Exact amounts for people: nothing is rounded that was not rounded before.</summary>
internal static class PicoText
{
    private const int PicoDigits = 12;

    /// <summary>A number of 10^-12 parts, such as <c>0.014668106729</c>.</summary>
    public static string Of(BigInteger pico) => Of(pico, PicoDigits);

    /// <summary>A number of parts of a power of ten, without zeros at its end.</summary>
    public static string Of(BigInteger number, int digits)
    {
        string text = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        string whole = text[..^digits];
        string part = text[^digits..].TrimEnd('0');
        return (number < 0 ? "-" : "") + (part.Length > 0 ? $"{whole}.{part}" : whole);
    }
}
