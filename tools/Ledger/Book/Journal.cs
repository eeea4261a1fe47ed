using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Book;

/// <summary>
/// The book: append-only, double-entry, durable before anybody hears of it. Safe for use by many threads.
/// </summary>
public sealed class Journal : IDisposable
{
    // Whoever posts waits for the disk anyway; half a millisecond lets neighbours share it.
    private static readonly GroupCommitLimits s_limits = new(1_000, TimeSpan.FromMilliseconds(0.5), 65_536);

    private readonly Func<ILedgerStore> _open;
    private readonly BookState _state;
    private readonly GroupCommit<JournalWriter> _commits;
    private readonly Lock _reading = new();
    private readonly ILedgerStore _reader;

    private Journal(Func<ILedgerStore> open, BookState state, GroupCommitLimits limits)
    {
        (_open, _state) = (open, state);
        _commits = new GroupCommit<JournalWriter>(
            () => new JournalWriter(open(), state), limits, TimeProvider.System);
        _reader = open();
    }

    /// <summary>The end of the book.</summary>
    public LedgerHead Head => _state.Head;

    /// <summary>How many accounts there are.</summary>
    public int AccountCount => _state.AccountCount;

    /// <summary>Why nothing can be booked at the moment; null while all is well.</summary>
    public StorageException? Fault => _commits.Fault;

    /// <summary>Reads the whole book, checks it, and takes postings from then on.</summary>
    /// <param name="open">Opens the store; called for the writer, for readers, and again after a fault.</param>
    /// <param name="limits">How postings are grouped; null for groups of 1,000 and half a millisecond.</param>
    /// <exception cref="LedgerDamagedException">The book contradicts itself.</exception>
    /// <exception cref="StorageException">The store cannot be opened or read.</exception>
    public static Journal Open(Func<ILedgerStore> open, GroupCommitLimits? limits = null)
    {
        using ILedgerStore store = open();
        return new Journal(open, BookCheck.Replay(store), limits ?? s_limits);
    }

    /// <summary>Books a posting; returns when it is on the disk, or refused.</summary>
    /// <exception cref="OperationCanceledException">The book was closed first; whether it was written can be found out
    /// by posting it again.</exception>
    public Task<PostResult> PostAsync(Posting posting)
    {
        Pending pending = new(posting);
        _commits.Append(pending);
        return pending.Result;
    }

    /// <summary>Whether something was booked under this key.</summary>
    public bool Contains(string key)
    {
        lock (_reading)
        {
            return _reader.Find(key) is not null;
        }
    }

    /// <summary>What was noted with what was booked under this key; null for nothing.</summary>
    public string? FindMemo(string key)
    {
        lock (_reading)
        {
            return _reader.Find(key) is { } number ? _reader.Read(number).First().Memo : null;
        }
    }

    /// <summary>Where an account stands; null where nothing was ever booked on it.</summary>
    public Balance? Find(string account) => _state.Find(account);

    /// <summary>Accounts in the order in which they were opened.</summary>
    /// <param name="from">How many to pass over.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Balance> Accounts(int from, int count) => _state.Page(from, count);

    /// <summary>An account's entries, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="before">The entry to begin with, as <see cref="StatementLine.Previous"/> names it; null for the
    /// newest.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Empty where the account has no entry, or the one to begin with is not its own.</returns>
    public IReadOnlyList<StatementLine> Statement(string account, long? before, int count)
    {
        if (Find(account) is not { } balance)
        {
            return [];
        }

        List<StatementLine> lines = [];
        lock (_reading)
        {
            SealedPosting? posting = null;
            Walk(account, before ?? balance.LastSerial, (entry, number) =>
            {
                posting = posting?.Number == number ? posting : _reader.Read(number).First();
                bool gets = _state.AccountOf(entry.Credit).Name == account;
                lines.Add(new StatementLine(entry.Serial, number, posting.Key, posting.UnixMs, posting.Memo,
                    _state.AccountOf(gets ? entry.Debit : entry.Credit).Name, gets ? entry.Amount : -entry.Amount,
                    gets ? entry.CreditPrevious : entry.DebitPrevious));
                return lines.Count < count;
            });
        }

        return lines;
    }

    /// <summary>Work as it was booked, the newest first, a posting at a time.</summary>
    /// <param name="visit">Gets each piece: its posting's number, the account that holds the work, and the work; says
    /// whether to go on.</param>
    public void WalkWork(Func<long, Account, long, bool> visit)
    {
        if (Find(Account.Proofs.Name) is not { } proofs)
        {
            return;
        }

        // Most entries are work, so reading all of them in a row is faster than following their links.
        using ILedgerStore store = _open();
        foreach ((SealedEntry entry, long posting) in store.ReadBack(proofs.LastSerial))
        {
            bool isWork = ReferenceEquals(_state.AccountOf(entry.Debit), proofs.Account);
            if (isWork && !visit(posting, _state.AccountOf(entry.Credit), entry.Amount))
            {
                return;
            }
        }
    }

    /// <summary>Writes what waits, then closes the book.</summary>
    public void Dispose()
    {
        _commits.Dispose();
        _reader.Dispose();
    }

    private void Walk(string account, long serial, Func<SealedEntry, long, bool> visit)
    {
        while (serial > 0 && _reader.ReadEntry(serial) is var (entry, posting))
        {
            bool gives = _state.AccountOf(entry.Debit).Name == account;
            if ((!gives && _state.AccountOf(entry.Credit).Name != account) || !visit(entry, posting))
            {
                return;
            }

            serial = gives ? entry.DebitPrevious : entry.CreditPrevious;
        }
    }

    /// <summary>A posting on its way to the disk.</summary>
    private sealed class Pending(Posting posting) : StoreEntry<JournalWriter>
    {
        private readonly TaskCompletionSource<PostResult> _done = new(
            TaskCreationOptions.RunContinuationsAsynchronously);

        private PostResult _result;

        public Task<PostResult> Result => _done.Task;

        public override void Write(JournalWriter writer) => _result = writer.Write(posting);

        public override void Committed() => _done.SetResult(_result);

        public override void Abandoned() => _done.SetCanceled();
    }
}
