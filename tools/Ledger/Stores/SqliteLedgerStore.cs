using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Stores;

/// <summary>A book in an SQLite file (WAL, <c>synchronous=FULL</c>).</summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    private readonly Database _database;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _insertAccount;
    private readonly Statement _insertPosting;
    private readonly Statement _insertEntry;
    private readonly Statement _insertDigest;
    private readonly Statement _find;
    private readonly Statement _findFirst;
    private readonly Statement _readPostings;
    private readonly Statement _readAccounts;
    private readonly Statement _readEntries;
    private readonly Statement _readEntry;
    private readonly Statement _readBack;

    private SqliteLedgerStore(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _insertAccount = database.Prepare(
            "INSERT INTO accounts(number, name, unit, may_owe, posting) VALUES(?1, ?2, ?3, ?4, ?5)");
        _insertPosting = database.Prepare(
            "INSERT INTO postings(number, key, unix_ms, memo, first_entry, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        _insertEntry = database.Prepare(
            "INSERT INTO entries(serial, posting, debit, credit, amount, debit_previous, credit_previous) "
            + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _insertDigest = database.Prepare(
            "INSERT INTO digests(posting, balances) VALUES(?1, ?2) ON CONFLICT DO NOTHING");
        _find = database.Prepare("SELECT number FROM postings WHERE key=?1");
        _findFirst = database.Prepare("SELECT first_entry FROM postings WHERE number=?1");
        _readPostings = database.Prepare(
            "SELECT number, key, unix_ms, memo, hash, first_entry FROM postings WHERE number>=?1 ORDER BY number");
        _readAccounts = database.Prepare(
            "SELECT number, name, unit, may_owe, posting FROM accounts WHERE posting>=?1 ORDER BY posting, number");
        _readEntries = database.Prepare(
            "SELECT serial, debit, credit, amount, debit_previous, credit_previous, posting FROM entries "
            + "WHERE serial>=?1 ORDER BY serial");
        _readEntry = database.Prepare(
            "SELECT serial, debit, credit, amount, debit_previous, credit_previous, posting FROM entries "
            + "WHERE serial=?1");
        _readBack = database.Prepare(
            "SELECT serial, debit, credit, amount, debit_previous, credit_previous, posting FROM entries "
            + "WHERE serial<=?1 ORDER BY serial DESC");
    }

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="StorageException">It cannot be opened, is locked or is no database.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static SqliteLedgerStore Open(string path)
    {
        Database database = Database.Open(path);
        try
        {
            SqliteLedgerSchema.Prepare(database);
            return new SqliteLedgerStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Begin() => _begin.Run();

    /// <inheritdoc/>
    public void Commit() => _commit.Run();

    /// <inheritdoc/>
    public void Rollback() => _database.Rollback();

    /// <inheritdoc/>
    public void Append(SealedPosting posting)
    {
        _insertPosting.Bind(1, posting.Number).Bind(2, posting.Key).Bind(3, posting.UnixMs).Bind(4, posting.Memo)
            .Bind(5, posting.Entries[0].Serial).Bind(6, posting.Hash).Run();
        foreach (OpenedAccount opened in posting.Opened)
        {
            _insertAccount.Bind(1, opened.Number).Bind(2, opened.Account.Name).Bind(3, (int)opened.Account.Unit)
                .Bind(4, opened.Account.MayOwe ? 1 : 0).Bind(5, posting.Number).Run();
        }

        foreach (SealedEntry entry in posting.Entries)
        {
            _insertEntry.Bind(1, entry.Serial).Bind(2, posting.Number).Bind(3, entry.Debit).Bind(4, entry.Credit)
                .Bind(5, entry.Amount).Bind(6, entry.DebitPrevious).Bind(7, entry.CreditPrevious).Run();
        }
    }

    /// <inheritdoc/>
    public void AppendDigest(long number, byte[] digest) => _insertDigest.Bind(1, number).Bind(2, digest).Run();

    /// <inheritdoc/>
    public long? Find(string key)
    {
        _find.Bind(1, key);
        long? number = _find.Read() ? _find.Int64(0) : null;
        _find.Reset();
        return number;
    }

    /// <inheritdoc/>
    public IEnumerable<SealedPosting> Read(long from)
    {
        _readPostings.Bind(1, from);
        _readAccounts.Bind(1, from);
        _readEntries.Bind(1, FirstEntryOf(from));
        long last = from - 1;
        try
        {
            bool hasAccount = _readAccounts.Read();
            bool hasEntry = _readEntries.Read();
            while (_readPostings.Read())
            {
                long number = last = _readPostings.Int64(0);
                List<OpenedAccount> opened = [];
                for (; hasAccount && _readAccounts.Int64(4) == number; hasAccount = _readAccounts.Read())
                {
                    opened.Add(new OpenedAccount((int)_readAccounts.Int64(0), new Account(_readAccounts.Text(1),
                        (LedgerUnit)_readAccounts.Int64(2), _readAccounts.Int64(3) != 0)));
                }

                List<SealedEntry> entries = [];
                for (; hasEntry && _readEntries.Int64(6) == number; hasEntry = _readEntries.Read())
                {
                    entries.Add(EntryOf(_readEntries));
                }

                if (entries.Count > 0 && entries[0].Serial != _readPostings.Int64(5))
                {
                    throw new LedgerDamagedException(number, "it begins with another entry than it says");
                }

                yield return new SealedPosting(number, _readPostings.Text(1), _readPostings.Int64(2),
                    _readPostings.Text(3), opened, entries, _readPostings.Blob(4).ToArray());
            }

            if (hasAccount || hasEntry)
            {
                throw new LedgerDamagedException(last + 1, "there are rows of it, but not the posting itself");
            }
        }
        finally
        {
            _readPostings.Reset();
            _readAccounts.Reset();
            _readEntries.Reset();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, byte[]> ReadDigests()
    {
        Dictionary<long, byte[]> digests = [];
        using Statement row = _database.Prepare("SELECT posting, balances FROM digests");
        while (row.Read())
        {
            digests.Add(row.Int64(0), row.Blob(1).ToArray());
        }

        return digests;
    }

    /// <inheritdoc/>
    public IEnumerable<(SealedEntry Entry, long Posting)> ReadBack(long from)
    {
        _readBack.Bind(1, from);
        try
        {
            while (_readBack.Read())
            {
                yield return (EntryOf(_readBack), _readBack.Int64(6));
            }
        }
        finally
        {
            _readBack.Reset();
        }
    }

    /// <inheritdoc/>
    public (SealedEntry Entry, long Posting)? ReadEntry(long serial)
    {
        _readEntry.Bind(1, serial);
        (SealedEntry, long)? found = _readEntry.Read() ? (EntryOf(_readEntry), _readEntry.Int64(6)) : null;
        _readEntry.Reset();
        return found;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _database.Dispose();

    /// <summary>The first entry of a posting; one that no entry has where there is no such posting.</summary>
    private long FirstEntryOf(long posting)
    {
        _findFirst.Bind(1, posting);
        long serial = _findFirst.Read() ? _findFirst.Int64(0) : posting == 1 ? 1 : long.MaxValue;
        _findFirst.Reset();
        return serial;
    }

    private static SealedEntry EntryOf(Statement row) => new(
        row.Int64(0), (int)row.Int64(1), (int)row.Int64(2), row.Int64(3), row.Int64(4), row.Int64(5));
}
