namespace MicroFirmware.Ledger.Book;

/// <summary>One movement. It balances by its form: what one account gets, another one gives.</summary>
/// <param name="Debit">Who gives.</param>
/// <param name="Credit">Who gets.</param>
/// <param name="Amount">How much, in the unit of both; 1 or more.</param>
public readonly record struct Entry(Account Debit, Account Credit, long Amount);
