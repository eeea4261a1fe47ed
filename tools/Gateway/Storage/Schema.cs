using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// The tables. A device's hot numbers stand apart from its key, so that a batch of shares rewrites small rows. Shares
/// are clustered by device and sequence: the database itself refuses to count one twice, and a re-sent share finds its
/// verdict by one search.
/// </summary>
internal static class Schema
{
    /// <summary>The version this code writes, kept in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 1;

    private const string Tables = """
        BEGIN;
        CREATE TABLE devices(
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key BLOB NOT NULL, registered_ms INTEGER NOT NULL,
          revoked INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE device_state(
          device INTEGER PRIMARY KEY, counter INTEGER NOT NULL DEFAULT 0, share_work INTEGER NOT NULL DEFAULT 0,
          accepted INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0, invalid INTEGER NOT NULL DEFAULT 0,
          work INTEGER NOT NULL DEFAULT 0, best_work INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE shares(
          device INTEGER NOT NULL, sequence INTEGER NOT NULL, verdict INTEGER NOT NULL, work INTEGER NOT NULL,
          received_ms INTEGER NOT NULL, job INTEGER NOT NULL, nonce INTEGER NOT NULL, ntime INTEGER NOT NULL,
          version INTEGER NOT NULL, PRIMARY KEY(device, sequence)) WITHOUT ROWID;
        CREATE TABLE blocks(
          hash BLOB PRIMARY KEY, height INTEGER NOT NULL, device INTEGER NOT NULL, found_ms INTEGER NOT NULL,
          state INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', raw BLOB NOT NULL);
        PRAGMA user_version=1;
        COMMIT;
        """;

    // Came later; a gateway that does not know them may still use the file.
    private const string LaterTables = """
        CREATE TABLE IF NOT EXISTS command_counters(device INTEGER PRIMARY KEY, counter INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS pool_shares(
          hash BLOB PRIMARY KEY, device INTEGER NOT NULL, found_ms INTEGER NOT NULL, work INTEGER NOT NULL,
          state INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS board_labels(
          device INTEGER PRIMARY KEY, name TEXT NOT NULL, board_group TEXT NOT NULL, model TEXT NOT NULL);
        """;

    /// <summary>Makes the tables of a new file and checks the version of an old one.</summary>
    /// <exception cref="StorageException">The file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static void Prepare(Database database)
    {
        long version = database.Scalar("PRAGMA user_version");
        if (version == 0)
        {
            database.Execute(Tables);
        }
        else if (version != Version)
        {
            throw new InvalidDataException(
                $"The database has layout {version}, this gateway knows layout {Version}: start the newer gateway, "
                + "or give Storage:DataDirectory another directory.");
        }

        database.Execute(LaterTables);
    }
}
