using System.Globalization;

namespace MicroFirmware.Lightning.Invoices;

/// <summary>An amount in the prefix of an invoice: bitcoin with a multiplier (BOLT 11 §Human-Readable Part).</summary>
internal static class Bolt11Amount
{
    private const long MsatPerBitcoin = 100_000_000_000;
    private const long MostMsat = 21_000_000 * MsatPerBitcoin;

    // A digit longer than the most there can ever be in pico-bitcoin.
    private const int MaxDigits = 20;

    /// <summary>Multipliers and the pico-bitcoin they stand for; ten of them are a millisatoshi.</summary>
    private static readonly (char Letter, long Pico)[] s_multipliers =
        [('m', 1_000_000_000), ('u', 1_000_000), ('n', 1_000), ('p', 1)];

    /// <summary>Writes an amount with the largest multiplier that leaves it whole.</summary>
    public static string Write(long msat)
    {
        if (msat % MsatPerBitcoin == 0)
        {
            return (msat / MsatPerBitcoin).ToString(CultureInfo.InvariantCulture);
        }

        Int128 pico = (Int128)msat * 10;
        (char letter, long size) = Array.Find(s_multipliers, multiplier => pico % multiplier.Pico == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{pico / size}{letter}");
    }

    /// <summary>Reads an amount; false for zero, leading zeros, fractions of a millisatoshi, and more than there is.
    /// </summary>
    public static bool TryRead(string text, out long msat)
    {
        msat = 0;
        int at = text.Length > 0 ? Array.FindIndex(s_multipliers, multiplier => multiplier.Letter == text[^1]) : -1;
        Int128 pico = at >= 0 ? s_multipliers[at].Pico : MsatPerBitcoin * 10;
        string digits = at >= 0 ? text[..^1] : text;
        if (digits.Length is 0 or > MaxDigits || digits[0] == '0' || !digits.All(char.IsAsciiDigit))
        {
            return false;
        }

        pico *= Int128.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (pico % 10 != 0 || pico / 10 > MostMsat)
        {
            return false;
        }

        msat = (long)(pico / 10);
        return true;
    }
}
