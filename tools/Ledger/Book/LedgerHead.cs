namespace MicroFirmware.Ledger.Book;

/// <summary>How far the book goes. Who knows a head knows whether anything up to it was changed.</summary>
/// <param name="Postings">Number of the last posting; 0 for an empty book.</param>
/// <param name="Entries">Serial of the last entry.</param>
/// <param name="Hash">Hash of the last posting, 64 hexadecimal digits.</param>
public sealed record LedgerHead(long Postings, long Entries, string Hash);
