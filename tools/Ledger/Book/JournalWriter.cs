using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;
using SQLitePCL;

namespace MicroFirmware.Ledger.Book;

/// <summary>
/// Writes postings: judged by the state of the book, kept by the store, both undone together.
/// </summary>
internal sealed class JournalWriter : IGroupWriter
{
    /// <summary>Entries between two digests of all balances: a digest of ten thousand accounts costs what some hundred
    /// entries do.</summary>
    private const int EntriesPerDigest = 100_000;

    private readonly ILedgerStore _store;
    private readonly BookState _state;
    private long _digestedSerial;

    /// <exception cref="StorageException">The store does not end where the state does: another book was put in its
    /// place.</exception>
    public JournalWriter(ILedgerStore store, BookState state)
    {
        (_store, _state, _digestedSerial) = (store, state, state.LastSerial);
        long last = state.LastPosting;
        SealedPosting[] end = [.. store.Read(Math.Max(1, last)).Take(2)];
        bool same = last == 0 ? end.Length == 0 : end.Length == 1 && state.LastHash.SequenceEqual(end[0].Hash);
        if (!same)
        {
            store.Dispose();
            throw new StorageException(raw.SQLITE_CORRUPT, "the ledger's file does not end as it did before");
        }
    }

    public void Begin()
    {
        // What an interrupted commit left in memory is undone first: the disk decides.
        _state.Rollback();
        _store.Begin();
    }

    public PostResult Write(Posting posting)
    {
        PostResult result = Judge(posting);
        if (result != PostResult.Posted)
        {
            return result;
        }

        result = _state.TryAdd(posting, out SealedPosting? added);
        if (result == PostResult.Posted)
        {
            _store.Append(added!);
        }

        return result;
    }

    public void Commit()
    {
        if (_state.LastSerial - _digestedSerial >= EntriesPerDigest)
        {
            _store.AppendDigest(_state.LastPosting, _state.Digest());
            _digestedSerial = _state.LastSerial;
        }

        _store.Commit();
        _state.Commit();
    }

    public void Rollback()
    {
        _store.Rollback();
        _state.Rollback();
    }

    /// <summary>Notes the balances a last time, so that the next start has something to compare with.</summary>
    public void Dispose()
    {
        try
        {
            if (_state.LastSerial > _digestedSerial)
            {
                _store.Begin();
                _store.AppendDigest(_state.LastPosting, _state.Digest());
                _store.Commit();
            }
        }
        catch (StorageException)
        {
            // The book is whole without it.
            _store.Rollback();
        }

        _store.Dispose();
    }

    private PostResult Judge(Posting posting)
    {
        if (!posting.HasValidTexts)
        {
            return PostResult.InvalidText;
        }

        if (posting.Entries.Count is < 1 or > Posting.MaxEntries)
        {
            return PostResult.InvalidCount;
        }

        return _store.Find(posting.Key) is not { } number ? PostResult.Posted
            : IsSame(posting, _store.Read(number).First()) ? PostResult.AlreadyPosted
            : PostResult.KeyTaken;
    }

    private bool IsSame(Posting posting, SealedPosting kept) => posting.Entries.SequenceEqual(
        kept.Entries.Select(entry => new Entry(_state.AccountOf(entry.Debit), _state.AccountOf(entry.Credit),
            entry.Amount)));
}
