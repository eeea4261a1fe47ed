using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>What a rule gives to one.</summary>
/// <param name="Who">Name of the account that gets it.</param>
/// <param name="MilliSatoshi">How much, 1 or more.</param>
public readonly record struct Credit(string Who, long MilliSatoshi)
{
    /// <summary>The account that gets it.</summary>
    public Account Payee => new(Who, LedgerUnit.MilliSatoshi);
}
