using System.Globalization;
using System.Numerics;
using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>Exact amounts as people read them: rounded at the very end, and only for the eye.</summary>
internal static class MoneyText
{
    private static readonly BigInteger s_pico = BigInteger.Pow(10, 12);

    /// <summary>Picomillisatoshi as satoshi or millisatoshi.</summary>
    public static Quantity OfPicoMsat(BigInteger picoMsat)
    {
        double msat = (double)picoMsat / (double)s_pico;
        return msat >= 1000 ? new Quantity(Digits(msat / 1000), "sat") : new Quantity(Digits(msat), "msat");
    }

    /// <summary>Pico-units of a currency.</summary>
    public static Quantity OfPico(BigInteger pico, string currency) =>
        new(Digits((double)pico / (double)s_pico), currency);

    private static string Digits(double number) => number switch
    {
        0 => "0",
        >= 100 => number.ToString("N0", CultureInfo.InvariantCulture),
        >= 1 => number.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.0001 => number.ToString("0.0###", CultureInfo.InvariantCulture),
        _ => Scientific(number),
    };

    private static string Scientific(double number)
    {
        int power = (int)Math.Floor(Math.Log10(number));
        string raised = string.Concat(
            (-power).ToString(CultureInfo.InvariantCulture).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        double digits = number / Math.Pow(10, power);
        return string.Create(CultureInfo.InvariantCulture, $"{digits:0.0} × 10⁻{raised}");
    }
}
