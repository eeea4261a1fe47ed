using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Stores;

/// <summary>
/// Where the book is kept: SQLite or memory. One connection, used by one thread at a time; several may be open on one
/// book, of which one writes. It keeps what it is given and decides nothing.
/// </summary>
public interface ILedgerStore : IGroupWriter
{
    /// <summary>Adds the next posting, between <see cref="IGroupWriter.Begin"/> and <see cref="IGroupWriter.Commit"/>.
    /// </summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    void Append(SealedPosting posting);

    /// <summary>Notes a digest of all balances as they are after a posting.</summary>
    /// <param name="number">The posting.</param>
    /// <param name="digest">32 octets.</param>
    void AppendDigest(long number, byte[] digest);

    /// <summary>The number of the posting with this key; null for none.</summary>
    long? Find(string key);

    /// <summary>Postings in their order. What is read ahead of is not held in memory.</summary>
    /// <param name="from">The number of the first, 1 or more.</param>
    IEnumerable<SealedPosting> Read(long from);

    /// <summary>The digests that were noted, by posting.</summary>
    IReadOnlyDictionary<long, byte[]> ReadDigests();

    /// <summary>Entries backwards, each with the number of its posting. What is read ahead of is not held in memory.
    /// </summary>
    /// <param name="from">The serial to begin with.</param>
    IEnumerable<(SealedEntry Entry, long Posting)> ReadBack(long from);

    /// <summary>One entry, and the number of its posting; null for none.</summary>
    (SealedEntry Entry, long Posting)? ReadEntry(long serial);
}
