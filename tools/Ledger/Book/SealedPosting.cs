namespace MicroFirmware.Ledger.Book;

/// <summary>A posting as it is kept: numbered, and tied to the one before it.</summary>
/// <param name="Number">Its number, from 1 without a gap.</param>
/// <param name="Key">What happened.</param>
/// <param name="UnixMs">When, in milliseconds since 1970 UTC.</param>
/// <param name="Memo">A line for people.</param>
/// <param name="Opened">The accounts that it is the first to use.</param>
/// <param name="Entries">Its entries.</param>
/// <param name="Hash">32 octets, see <see cref="PostingHash"/>.</param>
public sealed record SealedPosting(
    long Number,
    string Key,
    long UnixMs,
    string Memo,
    IReadOnlyList<OpenedAccount> Opened,
    IReadOnlyList<SealedEntry> Entries,
    byte[] Hash);
