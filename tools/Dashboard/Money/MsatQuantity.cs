using System.Globalization;
using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Money;

/// <summary>Amounts of the ledger for the eye, exact to the millisatoshi.</summary>
internal static class MsatQuantity
{
    private const int MsatPerSat = 1_000;
    private const int Million = 1_000_000;
    private const int SatPerBitcoin = 100_000_000;

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

    /// <summary>The same with its sign, as statements have it.</summary>
    public static string Signed(Int128 msat) => (msat < 0 ? "−" : "+") + Of(Int128.Abs(msat));

    /// <summary>The same where there is little room: from a million satoshi on without the part of one, and from a
    /// bitcoin on in bitcoin, rounded down.</summary>
    public static Quantity Short(Int128 msat)
    {
        Int128 sat = msat / MsatPerSat;
        return Int128.Abs(sat) < Million ? Of(msat)
            : Int128.Abs(sat) < SatPerBitcoin ? Of(sat * MsatPerSat)
            : new Quantity((sat / SatPerBitcoin).ToString("N0", CultureInfo.InvariantCulture)
                + $".{Int128.Abs(sat % SatPerBitcoin) / Million:D2}", "BTC");
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
