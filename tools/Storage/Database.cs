using SQLitePCL;

namespace MicroFirmware.Storage;

/// <summary>
/// One SQLite connection, opened so that a commit that returned survives the loss of power: write-ahead log,
/// <c>synchronous=FULL</c>. Not safe for use by several threads at once.
/// </summary>
public sealed class Database : IDisposable
{
    // Long enough for a backup tool that reads the file, short enough that a lock is reported while it lasts.
    private const int BusyTimeoutMs = 250;

    // SQLite's own default.
    private const int DefaultPageSizeOctets = 4096;

    private readonly List<Statement> _statements = [];
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    private Database(string path, out int code)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        code = raw.sqlite3_open_v2(path, out _handle, flags, null);
    }

    /// <summary>Opens or creates the database file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pageSizeOctets">Octets of a page of a new file: a power of two, 512 to 65,536. Where a commit
    /// touches many pages, small ones are cheaper.</param>
    /// <exception cref="StorageException">The file cannot be opened, is locked or is not a database.</exception>
    public static Database Open(string path, int pageSizeOctets = DefaultPageSizeOctets)
    {
        Database database = new(path, out int code);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(database._handle, 1);
            raw.sqlite3_busy_timeout(database._handle, BusyTimeoutMs);
            database.Execute($"PRAGMA page_size={pageSizeOctets}");
            database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            database.Execute("PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=16000;");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that answer nothing.</summary>
    /// <exception cref="StorageException">SQLite refused one of them.</exception>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Compiles a statement; it lives as long as this connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle));
        Statement statement = new(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The one number that a query answers, 0 for none.</summary>
    public long Scalar(string sql)
    {
        Statement statement = Prepare(sql);
        long value = statement.Read() ? statement.Int64(0) : 0;
        statement.Dispose();
        _statements.Remove(statement);
        return value;
    }

    /// <summary>Whether the statement that ran last changed anything.</summary>
    public bool LastRunChangedRows => raw.sqlite3_changes(_handle) > 0;

    /// <summary>Undoes an open transaction; does nothing where there is none, and never throws.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            _ = raw.sqlite3_exec(_handle, "ROLLBACK");
        }
    }

    /// <summary>Copies the whole database, as this connection sees it, into a new file; others may go on writing.
    /// </summary>
    /// <param name="path">The file to be; nothing is there yet.</param>
    /// <exception cref="StorageException">It cannot be read, or the copy not be written.</exception>
    public void CopyTo(string path)
    {
        using Database copy = new(path, out int code);
        copy.Check(code);
        sqlite3_backup backup = raw.sqlite3_backup_init(copy._handle, "main", _handle, "main");
        using (backup)
        {
            // With no page left out and nothing to wait for: this connection's transaction holds still what it reads.
            _ = raw.sqlite3_backup_step(backup, -1);
        }

        copy.Check(raw.sqlite3_errcode(copy._handle));
    }

    /// <summary>Turns a result code other than OK, ROW and DONE into an exception.</summary>
    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new StorageException(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    /// <summary>Closes the connection and every statement of it.</summary>
    public void Dispose()
    {
        foreach (Statement statement in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _ = raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }
}
