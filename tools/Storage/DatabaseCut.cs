using SQLitePCL;

namespace MicroFirmware.Storage;

/// <summary>
/// One moment of several databases that others are writing. For a few milliseconds nobody may commit to any of them;
/// in these, a reading transaction is begun on each. From then on everybody writes again, and what is read here stays
/// what it was at that moment, in all of them: no entry of one without its counterpart in another.
/// </summary>
public sealed class DatabaseCut : IDisposable
{
    // A writer finds its file locked for at most this long a database: less than it waits before it calls that a fault.
    private const int LockWaitMs = 20;

    private readonly Dictionary<string, Database> _readers = [];

    private DatabaseCut()
    {
    }

    /// <summary>Takes the cut.</summary>
    /// <param name="paths">The files; all exist.</param>
    /// <param name="patience">How long to try while somebody is always writing.</param>
    /// <param name="time">Measures that.</param>
    /// <exception cref="StorageException">A file cannot be read, is damaged, or is written all the time.</exception>
    public static DatabaseCut Take(IReadOnlyCollection<string> paths, TimeSpan patience, TimeProvider time)
    {
        DatabaseCut cut = new();
        List<Database> locks = [];
        try
        {
            foreach (string path in paths)
            {
                locks.Add(Database.Open(path));
                locks[^1].Execute($"PRAGMA busy_timeout={LockWaitMs}");
                cut._readers.Add(path, Database.Open(path));
            }

            LockAll(locks, patience, time);
            foreach (Database reader in cut._readers.Values)
            {
                // A transaction sees the moment of its first reading, not that of its beginning.
                reader.Execute("BEGIN");
                reader.Scalar("SELECT count(*) FROM sqlite_schema");
            }

            return cut;
        }
        catch
        {
            cut.Dispose();
            throw;
        }
        finally
        {
            locks.ForEach(database => database.Dispose());
        }
    }

    /// <summary>Copies one of the databases, as it was at that moment.</summary>
    /// <param name="path">Which, as it was named.</param>
    /// <param name="copy">The file to be.</param>
    /// <exception cref="StorageException">It cannot be read, or the copy not be written.</exception>
    public void CopyTo(string path, string copy) => _readers[path].CopyTo(copy);

    /// <summary>Lets go of that moment.</summary>
    public void Dispose()
    {
        foreach (Database reader in _readers.Values)
        {
            reader.Rollback();
            reader.Dispose();
        }

        _readers.Clear();
    }

    /// <summary>Locks every database, or none of them for longer than it takes to see that one is busy.</summary>
    private static void LockAll(List<Database> databases, TimeSpan patience, TimeProvider time)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                databases.ForEach(database => database.Execute("BEGIN IMMEDIATE"));
                return;
            }
            catch (StorageException e) when ((e.Code & 0xff) == raw.SQLITE_BUSY
                && time.GetElapsedTime(started) < patience)
            {
                databases.ForEach(database => database.Rollback());
            }
        }
    }
}
