using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>Gives connections their numbers. One that had work is not given again before the next block: its last owner
/// may still hash those headers. Safe for use by many threads.</summary>
internal sealed class ConnectionNumbers
{
    private readonly Lock _sync = new();
    private readonly Queue<(uint Number, long Tip)> _resting = [];
    private readonly Stack<uint> _fresh = [];
    private Hash256 _previous;
    private long _tip;
    private uint _next;

    /// <summary>Work is for this block now.</summary>
    public void OnJob(Hash256 previous)
    {
        lock (_sync)
        {
            _tip += previous == _previous ? 0 : 1;
            _previous = previous;
        }
    }

    /// <summary>Takes a number.</summary>
    /// <param name="limit">Numbers are below this.</param>
    /// <param name="number">The number.</param>
    /// <returns>False where none is free: later, or never.</returns>
    public bool TryTake(uint limit, out uint number)
    {
        lock (_sync)
        {
            if (_fresh.TryPeek(out number) && number < limit)
            {
                return _fresh.TryPop(out number);
            }

            if (_resting.TryPeek(out (uint Number, long Tip) oldest) && oldest.Tip < _tip && oldest.Number < limit)
            {
                number = _resting.Dequeue().Number;
                return true;
            }

            // Low ones first, so that they fit where an upstream leaves little room.
            number = _next;
            _next += number < limit ? 1u : 0;
            return number < limit;
        }
    }

    /// <summary>Gives a number back.</summary>
    /// <param name="number">The number.</param>
    /// <param name="hadWork">Whether its owner was ever given a job.</param>
    public void Return(uint number, bool hadWork)
    {
        lock (_sync)
        {
            if (hadWork)
            {
                _resting.Enqueue((number, _tip));
            }
            else
            {
                _fresh.Push(number);
            }
        }
    }
}
