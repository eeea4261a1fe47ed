using System.Globalization;
using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Money;

/// <summary>Amounts of the ledger for the eye, exact to the millisatoshi.</summary>
internal static class MsatQuantity
{
    private const int MsatPerSat = 1_000;

    /// <summary>Below a satoshi in millisatoshi, from there on in satoshi with every digit that is not zero.</summary>
    public static Quantity Of(Int128 msat)
    {
        if (Int128.Abs(msat) < MsatPerSat)
        {
            return new Quantity(msat.ToString(CultureInfo.InvariantCulture), "msat");
        }

        string whole = (msat / MsatPerSat).ToString("N0", CultureInfo.InvariantCulture);
        int part = (int)Int128.Abs(msat % MsatPerSat);
        return new Quantity(part == 0 ? whole : $"{whole}.{part:D3}".TrimEnd('0'), "sat");
    }

    /// <summary>Reads what was typed in satoshi.</summary>
    /// <param name="text">Such as <c>500</c> or <c>0.021</c>.</param>
    /// <returns>Millisatoshi, 1 or more; null for anything else.</returns>
    public static long? Read(string text)
    {
        bool isNumber = decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out decimal sat);
        decimal msat = isNumber && sat < long.MaxValue / MsatPerSat ? sat * MsatPerSat : 0;
        return msat >= 1 && decimal.Truncate(msat) == msat ? (long)msat : null;
    }
}
