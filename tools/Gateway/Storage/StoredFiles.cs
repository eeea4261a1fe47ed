namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// The files of a data directory, by what they are: whatever a room keeps there belongs to the gateway's state, without
/// telling anybody. A database is a file that SQLite wrote; locks, and what is written beside a file to take its place,
/// are no state.
/// </summary>
internal static class StoredFiles
{
    /// <summary>The file that makes a directory a gateway's.</summary>
    public const string ShareStore = "gateway.db";

    /// <summary>The file of the book.</summary>
    public const string Ledger = "ledger.db";

    /// <summary>The file of the journal.</summary>
    public const string Events = "events.db";

    /// <summary>There while a restore is under way, or after one that was cut off.</summary>
    public const string UnfinishedRestore = "restore.unfinished";

    private static readonly string[] s_passing = ["-wal", "-shm", "-journal", ".lock", ".new", UnfinishedRestore];

    /// <summary>Databases, as paths within the directory with <c>/</c>, in order of name.</summary>
    public static IEnumerable<string> DatabasesOf(string directory) =>
        All(directory).Where(name => IsDatabase(Path.Combine(directory, name)));

    /// <summary>All other files, the same way.</summary>
    public static IEnumerable<string> OthersOf(string directory) =>
        All(directory).Where(name => !IsDatabase(Path.Combine(directory, name)));

    private static IEnumerable<string> All(string directory) => Directory
        .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
        .Where(name => !s_passing.Any(name.EndsWith))
        .Order(StringComparer.Ordinal);

    private static bool IsDatabase(string path)
    {
        ReadOnlySpan<byte> magic = "SQLite format 3\0"u8;
        Span<byte> start = stackalloc byte[magic.Length];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual(magic);
    }
}
