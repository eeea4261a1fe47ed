using MicroFirmware.Ledger.Stores;

namespace MicroFirmware.Ledger.Book;

/// <summary>Reads a whole book and proves it: chain, entries, balances, digests.</summary>
public static class BookCheck
{
    /// <summary>Proves a book.</summary>
    /// <param name="store">The book.</param>
    /// <param name="knownHead">A head that was noted earlier, 64 hexadecimal digits: one of the postings must have it;
    /// null for none.</param>
    /// <returns>Its end and the balance of every account.</returns>
    /// <exception cref="LedgerDamagedException">The book contradicts itself, or never had the known head.</exception>
    /// <exception cref="Storage.StorageException">It cannot be read.</exception>
    public static (LedgerHead Head, IReadOnlyList<Balance> Balances) Verify(
        ILedgerStore store, string? knownHead = null)
    {
        byte[]? known = knownHead is null ? null : Convert.FromHexString(knownHead);
        bool seen = known is null;
        BookState state = Replay(store, posting => seen |= posting.Hash.AsSpan().SequenceEqual(known));
        return seen
            ? (state.Head, state.Page(0, int.MaxValue))
            : throw new LedgerDamagedException(state.LastPosting, "no posting has the head that was noted");
    }

    internal static BookState Replay(ILedgerStore store, Action<SealedPosting>? visit = null)
    {
        IReadOnlyDictionary<long, byte[]> digests = store.ReadDigests();
        BookState state = new();
        foreach (SealedPosting posting in store.Read(1))
        {
            state.Replay(posting);
            visit?.Invoke(posting);
            if (digests.TryGetValue(posting.Number, out byte[]? digest)
                && !state.Digest().AsSpan().SequenceEqual(digest))
            {
                throw new LedgerDamagedException(
                    posting.Number, "the balances are not what they were when they were noted");
            }
        }

        return digests.Keys.All(number => number <= state.LastPosting)
            ? state
            : throw new LedgerDamagedException(state.LastPosting + 1, "postings are missing at the end");
    }
}
