using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>A deed to some boards: first what would be done, then how far it is, then what came of it. Safe for use by
/// many threads.</summary>
public sealed class DeedRun
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OrderResult> _results = [];
    private DateTimeOffset? _started;
    private string? _fault;
    private bool _isDone;

    internal DeedRun(int number, Deed deed, IReadOnlyList<string> ids) => (Number, Deed, Ids) = (number, deed, ids);

    /// <summary>Its number in the book.</summary>
    public int Number { get; }

    /// <summary>What is done.</summary>
    public Deed Deed { get; }

    /// <summary>To whom.</summary>
    public IReadOnlyList<string> Ids { get; }

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
