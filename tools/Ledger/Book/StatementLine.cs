namespace MicroFirmware.Ledger.Book;

/// <summary>An entry as one of its accounts sees it.</summary>
/// <param name="Serial">The entry's number.</param>
/// <param name="Posting">The posting's number.</param>
/// <param name="Key">What happened.</param>
/// <param name="UnixMs">When, in milliseconds since 1970 UTC.</param>
/// <param name="Memo">A line for people.</param>
/// <param name="Other">The account on the other side.</param>
/// <param name="Amount">Above zero for what was got, below for what was given.</param>
/// <param name="Previous">The account's entry before; 0 for none.</param>
public sealed record StatementLine(
    long Serial, long Posting, string Key, long UnixMs, string Memo, string Other, long Amount, long Previous);
