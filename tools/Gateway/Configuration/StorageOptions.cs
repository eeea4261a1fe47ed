using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>The database and how it is written.</summary>
public sealed class StorageOptions
{
    private const string DefaultDirectory = "data";

    // One commit costs about 0.2 ms beside its rows: at a thousand rows that no longer shows.
    private const int DefaultBatchMaxEntries = 1_000;

    // Under load a batch is what came while the last one was written; a longer wait only holds up miners that keep few
    // shares in flight.
    private static readonly TimeSpan s_defaultBatchDelay = TimeSpan.FromMilliseconds(0.5);

    // About 20 MB of waiting entries while a disk is full.
    private const int DefaultQueueMaxEntries = 65_536;

    /// <summary>Where <c>gateway.db</c>, <c>ledger.db</c>, <c>sessions.db</c>, <c>events.db</c>
    /// and <c>series.db</c> live; made when missing. Default <c>data</c>.</summary>
    [NeedsRestart("all databases lie there")]
    public string DataDirectory { get; set; } = DefaultDirectory;

    /// <summary>Entries that close a batch, 1 to 100,000. Default 1,000.</summary>
    public int BatchMaxEntries { get; set; } = DefaultBatchMaxEntries;

    /// <summary>Age of its first entry that closes a batch, 0 to 1 s. Default 0.5 ms.</summary>
    public TimeSpan BatchDelay { get; set; } = s_defaultBatchDelay;

    /// <summary>Entries that may wait for the disk, up to 10,000,000; what comes above is not acknowledged.
    /// Default 65,536.</summary>
    public int QueueMaxEntries { get; set; } = DefaultQueueMaxEntries;

    internal GroupCommitLimits Limits => new(BatchMaxEntries, BatchDelay, QueueMaxEntries);

    internal string DatabasePath => Path.Combine(DataDirectory, "gateway.db");

    internal string LedgerPath => Path.Combine(DataDirectory, "ledger.db");

    internal string EventsPath => Path.Combine(DataDirectory, StoredFiles.Events);

    internal string SeriesPath => Path.Combine(DataDirectory, "series.db");

    internal string SessionsPath => Path.Combine(DataDirectory, "sessions.db");

    internal void Check(string section, ConfigurationProblems problems)
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            problems.Add($"{section}:{nameof(DataDirectory)}", DataDirectory, "is empty; name a directory");
        }

        problems.Range($"{section}:{nameof(BatchMaxEntries)}", BatchMaxEntries, 1, 100_000);
        problems.Range($"{section}:{nameof(BatchDelay)}", BatchDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        problems.Range($"{section}:{nameof(QueueMaxEntries)}", QueueMaxEntries, BatchMaxEntries, 10_000_000);
    }
}
