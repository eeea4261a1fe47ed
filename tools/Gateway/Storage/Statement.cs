using SQLitePCL;

namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// One compiled statement: bind from parameter 1 on, then <see cref="Run"/> or <see cref="Read"/>. Unsigned 64-bit
/// values are stored as the signed integer of the same bits.
/// </summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    /// <summary>Runs a statement that answers no row, and makes it ready for the next.</summary>
    public void Run()
    {
        int code = raw.sqlite3_step(handle);
        int reset = raw.sqlite3_reset(handle);
        database.Check(code);
        database.Check(reset);
    }

    /// <summary>Moves to the next row. After the last the statement is ready for the next use.</summary>
    public bool Read()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = raw.sqlite3_reset(handle);
        database.Check(code);
        return false;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>A blob's octets, valid until the next call on this statement.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
