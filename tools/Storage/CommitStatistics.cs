namespace MicroFirmware.Storage;

/// <summary>What the writer has done so far. Written by its thread only, read by anybody.</summary>
public sealed class CommitStatistics
{
    private long _commits;
    private long _entries;
    private long _busyTicks;

    /// <summary>Transactions on the disk.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Entries in them.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Time spent writing and waiting for the disk.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Volatile.Read(ref _busyTicks));

    internal void Count(int entries, TimeSpan busy)
    {
        Volatile.Write(ref _commits, _commits + 1);
        Volatile.Write(ref _entries, _entries + entries);
        Volatile.Write(ref _busyTicks, _busyTicks + busy.Ticks);
    }
}
