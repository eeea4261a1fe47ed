using SQLitePCL;

namespace MicroFirmware.Storage;

/// <summary>The database refused an operation. The message says what an operator can do about it.</summary>
public sealed class StorageException : Exception
{
    /// <summary>An exception for an SQLite result code, plain or extended.</summary>
    /// <param name="code">The result code: https://www.sqlite.org/rescode.html.</param>
    /// <param name="detail">SQLite's own words.</param>
    public StorageException(int code, string detail)
        : base($"{Advice(code)} (SQLite says: {detail}, code {code})") => Code = code;

    /// <summary>SQLite's result code, extended where there is one.</summary>
    public int Code { get; }

    /// <summary>True when the file itself is at fault, so that a new connection is worth a try.</summary>
    public bool NeedsReopening => (Code & 0xff) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR
        or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    private static string Advice(int code) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => "The disk that holds the database is full: free some space.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another process holds the database: stop it, or wait for it.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The database file is damaged: put back a copy of it.",
        raw.SQLITE_IOERR => "The disk that holds the database does not work: look at the system's log.",
        raw.SQLITE_CANTOPEN => "The database file cannot be opened: check the directory and who may write to it.",
        raw.SQLITE_READONLY => "The database may only be read: let the gateway write to it and its directory.",
        _ => "The database refused an operation.",
    };
}
