using SQLitePCL;

namespace MicroFirmware.Storage;

/// <summary>
/// One compiled statement: bind from parameter 1 on, then <see cref="Run"/> or <see cref="Read"/>. Unsigned 64-bit
/// values are stored as the signed integer of the same bits.
/// </summary>
public sealed class Statement : IDisposable
{
    private readonly Database _database;
    private readonly sqlite3_stmt _handle;

    internal Statement(Database database, sqlite3_stmt handle) => (_database, _handle) = (database, handle);

    /// <summary>Sets a parameter, counted from 1.</summary>
    public Statement Bind(int parameter, long value)
    {
        _database.Check(raw.sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter, counted from 1, to a blob.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        _database.Check(raw.sqlite3_bind_blob(_handle, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter, counted from 1, to a text.</summary>
    public Statement Bind(int parameter, string value)
    {
        _database.Check(raw.sqlite3_bind_text(_handle, parameter, value));
        return this;
    }

    /// <summary>Runs a statement that answers no row, and makes it ready for the next.</summary>
    public void Run()
    {
        int code = raw.sqlite3_step(_handle);
        int reset = raw.sqlite3_reset(_handle);
        _database.Check(code);
        _database.Check(reset);
    }

    /// <summary>Moves to the next row. After the last the statement is ready for the next use.</summary>
    public bool Read()
    {
        int code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = raw.sqlite3_reset(_handle);
        _database.Check(code);
        return false;
    }

    /// <summary>Makes the statement ready for the next use before all its rows were read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_handle);

    /// <summary>A column of the row, counted from 0; 0 where it is null.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    /// <summary>A text column of the row, counted from 0.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string();

    /// <summary>A blob's octets, valid until the next call on this statement.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    /// <summary>Frees the statement.</summary>
    public void Dispose() => _handle.Dispose();
}
