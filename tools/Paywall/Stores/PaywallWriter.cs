using MicroFirmware.Storage;

namespace MicroFirmware.Paywall.Stores;

/// <summary>The tables of what is used up, and the statements that decide in them.</summary>
internal sealed class PaywallWriter : IGroupWriter
{
    /// <summary>The steps of the tables; what comes later is a further one at the end.</summary>
    internal static Layout Layout { get; } = new("paywall.db", """
        CREATE TABLE uses(
          token BLOB PRIMARY KEY, used INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX uses_by_expires ON uses(expires);
        CREATE TABLE counters(payer TEXT PRIMARY KEY, counter INTEGER NOT NULL) WITHOUT ROWID;
        """);

    private readonly Database _database;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _use;
    private readonly Statement _raise;
    private readonly Statement _forget;

    private PaywallWriter(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _use = database.Prepare("INSERT INTO uses(token, used, expires) VALUES(?1, 1, ?3) "
            + "ON CONFLICT(token) DO UPDATE SET used=used+1 WHERE used<?2");
        _raise = database.Prepare("INSERT INTO counters(payer, counter) VALUES(?1, ?2) "
            + "ON CONFLICT(payer) DO UPDATE SET counter=excluded.counter WHERE counter<excluded.counter");
        _forget = database.Prepare("DELETE FROM uses WHERE token IN "
            + "(SELECT token FROM uses WHERE expires<?1 ORDER BY expires LIMIT ?2)");
    }

    /// <exception cref="StorageException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static PaywallWriter Open(string path)
    {
        Database database = Database.Open(path);
        try
        {
            Layout.Prepare(database);
            return new PaywallWriter(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Uses a token once more.</summary>
    /// <returns>False when it was used <paramref name="count"/> times before.</returns>
    public bool TryUse(byte[] token, long count, long expires)
    {
        if (count < 1)
        {
            return false;
        }

        _use.Bind(1, token).Bind(2, count).Bind(3, expires).Run();
        return _database.LastRunChangedRows;
    }

    /// <summary>Raises a payer's counter.</summary>
    /// <returns>False when it is not greater than the last one.</returns>
    public bool TryRaise(string payer, long counter)
    {
        _raise.Bind(1, payer).Bind(2, counter).Run();
        return _database.LastRunChangedRows;
    }

    /// <summary>Forgets tokens that expired before a time.</summary>
    public void Forget(long before, int count) => _forget.Bind(1, before).Bind(2, count).Run();

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback() => _database.Rollback();

    public void Dispose() => _database.Dispose();
}
