namespace MicroFirmware.Ledger.Book;

/// <summary>Entries that are written together or not at all, under a key that counts once.</summary>
/// <param name="Key">1 to <see cref="MaxKeyLength"/> ASCII characters from <c>!</c> to <c>~</c>: what happened, such as
/// <c>block:HASH</c>.</param>
/// <param name="UnixMs">When, in milliseconds since 1970 UTC.</param>
/// <param name="Memo">A line for people, at most <see cref="MaxMemoLength"/> characters; may be empty.</param>
/// <param name="Entries">1 to <see cref="MaxEntries"/>.</param>
public sealed record Posting(string Key, long UnixMs, string Memo, IReadOnlyList<Entry> Entries)
{
    /// <summary>Characters of a key: a hash in hexadecimal, an account's name and our own words.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Characters of a memo.</summary>
    public const int MaxMemoLength = 256;

    /// <summary>Entries of a posting: a reward to a million devices and some.</summary>
    public const int MaxEntries = 1 << 21;

    /// <summary>Whether key and memo can be written.</summary>
    internal bool HasValidTexts => Key.Length is > 0 and <= MaxKeyLength && Key.All(c => c is >= '!' and <= '~')
        && Memo.Length <= MaxMemoLength && !Memo.Any(char.IsControl);
}
