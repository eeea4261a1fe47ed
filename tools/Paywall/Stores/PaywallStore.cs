using MicroFirmware.Storage;

namespace MicroFirmware.Paywall.Stores;

/// <summary>
/// What is used up: counted tokens and payers' counters, in SQLite. Nothing of it is kept in memory, and every yes is
/// on the disk before it is said. Safe for use by many threads.
/// </summary>
public sealed class PaywallStore : IDisposable
{
    // Whoever pays waits for the disk anyway; half a millisecond lets neighbours share it.
    private static readonly GroupCommitLimits s_limits = new(1_000, TimeSpan.FromMilliseconds(0.5), 16_384);

    // A disk that takes longer than this is a fault that no reader should wait for.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    // A clock that is put back by less than this makes no token good again.
    private static readonly TimeSpan s_keptAfterExpiry = TimeSpan.FromDays(1);

    // More are forgotten at a time than are used in between: the table does not grow for ever.
    private const int UsesPerSweep = 1_000;
    private const int SweepRows = 2_000;

    private readonly GroupCommit<PaywallWriter> _commits;
    private readonly TimeProvider _time;
    private long _uses;

    private PaywallStore(GroupCommit<PaywallWriter> commits, TimeProvider time) => (_commits, _time) = (commits, time);

    /// <summary>Opens or creates the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Says which tokens have expired.</param>
    /// <exception cref="StorageException">It cannot be opened, is locked or is no database.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static PaywallStore Open(string path, TimeProvider time) => new(
        new GroupCommit<PaywallWriter>(() => PaywallWriter.Open(path), s_limits, TimeProvider.System), time);

    /// <summary>Uses a token once more; returns when that is on the disk.</summary>
    /// <param name="token">Its id, 32 octets.</param>
    /// <param name="count">How often it may be used.</param>
    /// <param name="expiresUnixSeconds">When its maker said that it ends.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>False when it is used up; null when the disk does not take it now.</returns>
    public Task<bool?> UseAsync(byte[] token, long count, long expiresUnixSeconds, CancellationToken cancel)
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        long forgotten = now - (long)s_keptAfterExpiry.TotalSeconds;
        bool sweeps = Interlocked.Increment(ref _uses) % UsesPerSweep == 0;
        return DecideAsync(writer =>
        {
            if (sweeps)
            {
                writer.Forget(forgotten, SweepRows);
            }

            return writer.TryUse(token, count, expiresUnixSeconds);
        }, cancel);
    }

    /// <summary>Uses up a payer's counter; returns when that is on the disk.</summary>
    /// <param name="payer">The payer.</param>
    /// <param name="counter">Greater than every one before.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>False when it is not greater; null when the disk does not take it now.</returns>
    public Task<bool?> RaiseAsync(string payer, long counter, CancellationToken cancel) =>
        DecideAsync(writer => writer.TryRaise(payer, counter), cancel);

    /// <summary>Writes what waits, then closes the file.</summary>
    public void Dispose() => _commits.Dispose();

    private async Task<bool?> DecideAsync(Func<PaywallWriter, bool> decide, CancellationToken cancel)
    {
        bool answer = false;
        CommitSignal<PaywallWriter> signal = new(writer => answer = decide(writer));
        if (_commits.Fault is not null || !_commits.TryAppend(signal))
        {
            return null;
        }

        try
        {
            await signal.Done.WaitAsync(s_timeout, cancel);
            return answer;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
