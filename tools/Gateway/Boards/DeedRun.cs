using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>A deed to some boards: first what would be done, then how far it is, then what came of it. Safe for use by
/// many threads.</summary>
/// <param name="number">Its number in the book.</param>
/// <param name="deed">What is done.</param>
/// <param name="ids">To whom.</param>
/// <param name="proposed">When it was written down.</param>
internal sealed class DeedRun(int number, Deed deed, IReadOnlyList<string> ids, DateTimeOffset proposed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OrderResult> _results = [];
    private DateTimeOffset? _started;
    private string? _fault;
    private bool _isDone;

    public int Number => number;

    public Deed Deed => deed;

    public IReadOnlyList<string> Ids => ids;

    public DateTimeOffset Proposed => proposed;

    /// <summary>When it began; null while the owner has not confirmed it.</summary>
    public DateTimeOffset? Started
    {
        get
        {
            lock (_gate)
            {
                return _started;
            }
        }
    }

    /// <summary>Whether every board has its answer, or it was given up.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _isDone;
            }
        }
    }

    /// <summary>Why it was given up; null where it was not.</summary>
    public string? Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }
    }

    /// <summary>What became of it at a board; null before that is known.</summary>
    public OrderResult? ResultOf(string id)
    {
        lock (_gate)
        {
            return _results.TryGetValue(id, out OrderResult result) ? result : null;
        }
    }

    /// <summary>How many boards it ended so with.</summary>
    public int CountOf(OrderResult result)
    {
        lock (_gate)
        {
            return _results.Values.Count(known => known == result);
        }
    }

    /// <summary>Begins it.</summary>
    /// <returns>False when it has begun before.</returns>
    internal bool TryStart(DateTimeOffset now)
    {
        lock (_gate)
        {
            bool isFirst = _started is null;
            _started ??= now;
            return isFirst;
        }
    }

    internal void Tell(OrderOutcome outcome)
    {
        lock (_gate)
        {
            _results[outcome.Id] = outcome.Result;
        }
    }

    internal void End(string? fault)
    {
        lock (_gate)
        {
            (_isDone, _fault) = (true, fault);
        }
    }
}
