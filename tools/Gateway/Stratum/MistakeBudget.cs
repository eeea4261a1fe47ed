namespace MicroFirmware.Gateway.Stratum;

/// <summary>How many mistakes a connection may make: a few at once, and one more with every second without. Not safe
/// for use by several threads at once.</summary>
internal struct MistakeBudget(TimeSpan now)
{
    // A miner that goes on with an old job for a while after each block makes a dozen; a broken one makes all of these.
    private const double Most = 100;

    private TimeSpan _filled = now;
    private double _left = Most;

    /// <summary>Takes one.</summary>
    /// <returns>False where the budget is spent.</returns>
    public bool TryTake(TimeSpan now)
    {
        _left = Math.Min(Most, _left + (now - _filled).TotalSeconds) - 1;
        _filled = now;
        return _left >= 0;
    }
}
