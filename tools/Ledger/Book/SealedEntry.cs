namespace MicroFirmware.Ledger.Book;

/// <summary>An entry as it is kept.</summary>
/// <param name="Serial">Its number, from 1 without a gap.</param>
/// <param name="Debit">Number of the account that gives.</param>
/// <param name="Credit">Number of the account that gets.</param>
/// <param name="Amount">How much.</param>
/// <param name="DebitPrevious">The entry before this one of the account that gives; 0 for none.</param>
/// <param name="CreditPrevious">The entry before this one of the account that gets; 0 for none.</param>
public readonly record struct SealedEntry(
    long Serial, int Debit, int Credit, long Amount, long DebitPrevious, long CreditPrevious);
