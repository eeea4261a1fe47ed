using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Tests;

/// <summary>A book in a directory of a test's own, or in memory.</summary>
internal sealed class TestBook : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ledger-test-").FullName;
    private readonly MemoryLedgerStore? _memory;
    private bool _closed;

    public TestBook(bool inMemory = false)
    {
        _memory = inMemory ? new MemoryLedgerStore() : null;
        Journal = Journal.Open(OpenStore);
    }

    public Journal Journal { get; private set; }

    public string Path => System.IO.Path.Combine(_directory, "ledger.db");

    public ILedgerStore OpenStore() => _memory ?? (ILedgerStore)SqliteLedgerStore.Open(Path);

    public void Reopen()
    {
        Journal.Dispose();
        Journal = Journal.Open(OpenStore);
    }

    public LedgerHead Verify(string? knownHead = null)
    {
        using ILedgerStore store = OpenStore();
        return BookCheck.Verify(store, knownHead).Head;
    }

    public Int128 BalanceOf(Account account) => Journal.Find(account.Name)?.Amount ?? 0;

    /// <summary>Changes the closed file as somebody with a tool could.</summary>
    public void Tamper(string sql)
    {
        Journal.Dispose();
        _closed = true;
        using Database database = Database.Open(Path);
        foreach (string table in (string[])["accounts", "postings", "entries", "digests"])
        {
            database.Execute($"DROP TRIGGER {table}_stay; DROP TRIGGER {table}_keep;");
        }

        database.Execute(sql);
    }

    public void Dispose()
    {
        if (!_closed)
        {
            Journal.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A posting of one entry from the chain.</summary>
    public static Posting Pay(string key, Account account, long amount) =>
        new(key, 1_800_000_000_000, "", [new Entry(Account.Chain, account, amount)]);
}
