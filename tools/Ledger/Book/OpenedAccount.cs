namespace MicroFirmware.Ledger.Book;

/// <summary>An account that a posting was the first to use.</summary>
/// <param name="Number">Its number, from 1 without a gap.</param>
/// <param name="Account">The account.</param>
public readonly record struct OpenedAccount(int Number, Account Account);
