using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Stores;

/// <summary>A book in memory, for a demo that leaves nothing behind and for tests. Safe for use by many threads.
/// </summary>
public sealed class MemoryLedgerStore : ILedgerStore
{
    private readonly Lock _gate = new();
    private readonly List<SealedPosting> _postings = [];
    private readonly List<(SealedEntry Entry, long Posting)> _entries = [];
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, byte[]> _digests = [];
    private readonly List<SealedPosting> _open = [];

    /// <inheritdoc/>
    public void Begin() => _open.Clear();

    /// <inheritdoc/>
    public void Append(SealedPosting posting) => _open.Add(posting);

    /// <inheritdoc/>
    public void AppendDigest(long number, byte[] digest)
    {
        lock (_gate)
        {
            _digests[number] = digest;
        }
    }

    /// <inheritdoc/>
    public void Commit()
    {
        lock (_gate)
        {
            foreach (SealedPosting posting in _open)
            {
                _postings.Add(posting);
                _keys.Add(posting.Key, posting.Number);
                _entries.AddRange(posting.Entries.Select(entry => (entry, posting.Number)));
            }
        }

        _open.Clear();
    }

    /// <inheritdoc/>
    public void Rollback() => _open.Clear();

    /// <inheritdoc/>
    public long? Find(string key)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(key, out long number)
                ? number
                : _open.Find(posting => posting.Key == key)?.Number;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<SealedPosting> Read(long from)
    {
        lock (_gate)
        {
            return [.. _postings.Skip((int)from - 1), .. _open];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, byte[]> ReadDigests()
    {
        lock (_gate)
        {
            return new Dictionary<long, byte[]>(_digests);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(SealedEntry Entry, long Posting)> ReadBack(long from)
    {
        lock (_gate)
        {
            return [.. _entries.Take((int)from).Reverse()];
        }
    }

    /// <inheritdoc/>
    public (SealedEntry Entry, long Posting)? ReadEntry(long serial)
    {
        lock (_gate)
        {
            return serial >= 1 && serial <= _entries.Count ? _entries[(int)serial - 1] : null;
        }
    }

    /// <summary>Does nothing: the book lives as long as this object.</summary>
    public void Dispose()
    {
    }
}
