using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Tests;

/// <summary>A store whose commits fail as often as a test says.</summary>
internal sealed class FlakyStore(ILedgerStore inner, Func<StorageException?> fault) : ILedgerStore
{
    public void Begin() => inner.Begin();

    public void Append(SealedPosting posting) => inner.Append(posting);

    public void AppendDigest(long number, byte[] digest) => inner.AppendDigest(number, digest);

    public void Commit()
    {
        if (fault() is { } exception)
        {
            throw exception;
        }

        inner.Commit();
    }

    public void Rollback() => inner.Rollback();

    public long? Find(string key) => inner.Find(key);

    public IEnumerable<SealedPosting> Read(long from) => inner.Read(from);

    public IEnumerable<(SealedEntry Entry, long Posting)> ReadBack(long from) => inner.ReadBack(from);

    public IReadOnlyDictionary<long, byte[]> ReadDigests() => inner.ReadDigests();

    public (SealedEntry Entry, long Posting)? ReadEntry(long serial) => inner.ReadEntry(serial);

    public void Dispose() => inner.Dispose();
}
