using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Stores;

/// <summary>
/// The tables of a book. Rows are only ever added at the end, so that a commit writes few pages, and triggers refuse to
/// change or delete one. Nothing is indexed but the keys: an account's entries name the ones before them.
/// </summary>
internal static class SqliteLedgerSchema
{
    private static readonly string[] s_tables = ["accounts", "postings", "entries", "digests"];

    private const string Tables = """
        CREATE TABLE accounts(
          number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit INTEGER NOT NULL, may_owe INTEGER NOT NULL,
          posting INTEGER NOT NULL);
        CREATE INDEX accounts_by_posting ON accounts(posting);
        CREATE TABLE postings(
          number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, unix_ms INTEGER NOT NULL, memo TEXT NOT NULL,
          first_entry INTEGER NOT NULL, hash BLOB NOT NULL);
        CREATE TABLE entries(
          serial INTEGER PRIMARY KEY, posting INTEGER NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
          amount INTEGER NOT NULL, debit_previous INTEGER NOT NULL, credit_previous INTEGER NOT NULL);
        CREATE TABLE digests(posting INTEGER PRIMARY KEY, balances BLOB NOT NULL);
        """;

    /// <summary>The steps; what comes later is a further one at the end.</summary>
    public static Layout Layout { get; } =
        new("ledger.db", Tables + "\n" + string.Concat(s_tables.Select(AppendOnly)));

    /// <summary>Brings a file, new or old, to today's tables.</summary>
    /// <exception cref="StorageException">The file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static void Prepare(Database database) => Layout.Prepare(database);

    private static string AppendOnly(string table) => $"""
        CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;
        CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;

        """;
}
