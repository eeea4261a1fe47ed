using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Export;

/// <summary>Units as exports and the API write them.</summary>
public static class UnitText
{
    /// <summary><c>WORK</c> or <c>MSAT</c>.</summary>
    public static string Of(LedgerUnit unit) => unit == LedgerUnit.Work ? "WORK" : "MSAT";
}
