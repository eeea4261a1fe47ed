namespace MicroFirmware.Storage;

/// <summary>
/// The tables of one database file, as the steps that made them: step N leads from layout N-1 to layout N, and
/// <c>PRAGMA user_version</c> says which the file has. A new file takes every step, an old one those that it lacks, all
/// in one transaction: afterwards it has today's layout, or after a loss of power the one it had.
/// <para>
/// To change tables, append a step. A step that was released is never edited: files that took it are out there, and
/// <c>tests/Storage/Layouts</c>, which holds a file of every earlier layout, fails when one is. New tables of an
/// existing file are a step too; a room with a file of its own declares a layout of its own beside its statements and
/// calls <see cref="Prepare"/> after <see cref="Database.Open"/>.
/// </para>
/// <code>
/// private static readonly Layout s_layout = new("notes.db",
///     "CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT NOT NULL);",
///     "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT '';");
/// </code>
/// </summary>
public sealed class Layout
{
    private readonly string[] _steps;

    /// <summary>A layout of some steps.</summary>
    /// <param name="name">What the file is called in messages, such as <c>ledger.db</c>.</param>
    /// <param name="steps">SQL of each step, oldest first, without a transaction and without the version.</param>
    public Layout(string name, params string[] steps)
    {
        ArgumentOutOfRangeException.ThrowIfZero(steps.Length);
        Name = name;
        _steps = steps;
    }

    /// <summary>What the file is called in messages.</summary>
    public string Name { get; }

    /// <summary>The layout this program writes: how many steps there are.</summary>
    public int Version => _steps.Length;

    /// <summary>The layout of a file, 0 for one without tables.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public static long VersionOf(Database database) => database.Scalar("PRAGMA user_version");

    /// <summary>Brings a file, new or old, to today's layout.</summary>
    /// <exception cref="StorageException">The file cannot be read or written; it is as it was.</exception>
    /// <exception cref="InvalidDataException">A newer program wrote it; it was not touched.</exception>
    public void Prepare(Database database) => PrepareUntil(database, Version);

    /// <summary>Brings a file to an earlier layout than today's; for tests of what comes after it.</summary>
    internal void PrepareUntil(Database database, int version)
    {
        if (MissingSteps(database, version) == 0)
        {
            return;
        }

        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Counted again: whoever held the lock may have taken the steps.
            int missing = MissingSteps(database, version);
            foreach (string step in _steps[(version - missing)..version])
            {
                database.Execute(step);
            }

            database.Execute($"PRAGMA user_version={version}; COMMIT;");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private int MissingSteps(Database database, int version)
    {
        long found = VersionOf(database);
        return found >= 0 && found <= Version
            ? Math.Max(0, version - (int)found)
            : throw new InvalidDataException(
                $"{Name} has layout {found}, this program knows layouts up to {Version}, so a newer one wrote it; "
                + "nothing was changed. Install the newer program again, or restore a backup that this one made.");
    }
}
