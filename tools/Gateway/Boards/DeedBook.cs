using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>
/// What the owner does to boards, from the question to the answer of each board. The last ones are kept in memory, so
/// that they can be looked at again; a restart forgets them, and what was sent stays sent. Safe for use by many
/// threads.
/// </summary>
internal sealed class DeedBook(FleetOrders orders, TimeProvider time)
{
    /// <summary>Runs that are kept.</summary>
    public const int MaxRuns = 50;

    private readonly Lock _gate = new();
    private readonly Queue<DeedRun> _runs = [];
    private int _lastNumber;

    /// <summary>Writes down what would be done; nothing is done yet.</summary>
    public DeedRun Propose(Deed deed, IEnumerable<string> ids)
    {
        lock (_gate)
        {
            DeedRun run = new(++_lastNumber, deed, [.. ids.Distinct(StringComparer.Ordinal)]);
            _runs.Enqueue(run);
            if (_runs.Count > MaxRuns)
            {
                _runs.Dequeue();
            }

            return run;
        }
    }

    /// <summary>Runs, the newest first.</summary>
    /// <param name="before">Only those of a lower number; null for all.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<DeedRun> Page(long? before, int count)
    {
        lock (_gate)
        {
            return [.. _runs.Reverse().Where(run => run.Number < (before ?? long.MaxValue)).Take(count)];
        }
    }

    /// <summary>The run of this number, or null.</summary>
    public DeedRun? Find(int number)
    {
        lock (_gate)
        {
            return _runs.FirstOrDefault(run => run.Number == number);
        }
    }

    /// <summary>Does it, once; ends when every board has its answer. Does not throw.</summary>
    public async Task RunAsync(DeedRun run)
    {
        if (!run.TryStart(time.GetUtcNow()))
        {
            return;
        }

        try
        {
            // Whoever confirmed it may close the page: what has begun goes on.
            await DoAsync(run.Deed, run.Ids, run.Tell);
            run.End(null);
        }
        catch (Exception e)
        {
            run.End(e.Message);
        }
    }

    private Task DoAsync(Deed deed, IReadOnlyList<string> ids, Action<OrderOutcome> told)
    {
        Func<BoardLabel, BoardLabel> regroup = label => label with { Group = deed.Text };
        return deed.Kind switch
        {
            DeedKind.Group => orders.LabelAsync(ids, regroup, told, CancellationToken.None),
            DeedKind.Revoke => orders.RevokeAsync(ids, told, CancellationToken.None),
            DeedKind.Restore => orders.RestoreAsync(ids, told, CancellationToken.None),
            _ => orders.SendAsync(ids, deed.ToOrder(), told, CancellationToken.None),
        };
    }
}
