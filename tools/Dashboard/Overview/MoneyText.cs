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

    /// <summary>What a day costs beside what it earns: <c>it costs about 400,000 times what it earns</c>.</summary>
    /// <param name="cost">What it costs.</param>
    /// <param name="earned">What it earns, in the same unit.</param>
    public static string Compare(BigInteger cost, BigInteger earned) => ((double)cost / (double)earned) switch
    {
        double.NaN or double.PositiveInfinity => "it earns nothing",
        > 1.5 and var times => $"it costs about {Odds.Large(times)} times what it earns",
        < 0.67 and var part => $"it earns about {Odds.Large(1 / part)} times what it costs",
        _ => "about as much as it earns",
    };

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
