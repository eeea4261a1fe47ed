namespace MicroFirmware.Storage;

/// <summary>How entries are grouped, and how many may wait.</summary>
/// <param name="BatchMaxEntries">Entries that close a batch, 1 or more.</param>
/// <param name="BatchDelay">Age of its first entry that closes a batch.</param>
/// <param name="QueueMaxEntries">Entries that may wait for the disk.</param>
public sealed record GroupCommitLimits(int BatchMaxEntries, TimeSpan BatchDelay, int QueueMaxEntries);
