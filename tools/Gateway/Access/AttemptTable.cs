namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Failures by key. Bounded: above it all further keys share one entry. Not safe for several threads.
/// </summary>
/// <param name="free">Failures before the first wait.</param>
internal sealed class AttemptTable(int free)
{
    private const int MaxKeys = 4_096;
    private const string EverybodyElse = "";

    private readonly Dictionary<string, (int Failures, TimeSpan Last, TimeSpan LockedUntil)> _entries = [];

    /// <summary>How long a key has to wait; zero for not at all.</summary>
    public TimeSpan Wait(string key, TimeSpan now) =>
        _entries.TryGetValue(Slot(key, now), out var entry) && entry.LockedUntil > now
            ? entry.LockedUntil - now
            : TimeSpan.Zero;

    /// <summary>Counts a failure.</summary>
    public void Count(string key, TimeSpan now)
    {
        key = Slot(key, now);
        bool isFresh = _entries.TryGetValue(key, out var entry) && now - entry.Last < SignInBudget.Memory;
        int failures = isFresh ? entry.Failures + 1 : 1;
        _entries[key] = (failures, now, failures < free ? TimeSpan.Zero : now + Lock(failures - free));
    }

    /// <summary>Forgets a key.</summary>
    public void Forget(string key) => _entries.Remove(key);

    /// <summary>Takes the last failure back.</summary>
    public void TakeBack(string key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry with { Failures = entry.Failures - 1, LockedUntil = TimeSpan.Zero };
        }
    }

    private static TimeSpan Lock(int doublings)
    {
        TimeSpan wait = SignInBudget.FirstWait;
        for (; doublings > 0 && wait < SignInBudget.LongestWait; doublings--)
        {
            wait *= 2;
        }

        return wait < SignInBudget.LongestWait ? wait : SignInBudget.LongestWait;
    }

    private string Slot(string key, TimeSpan now)
    {
        if (_entries.Count >= MaxKeys && !_entries.ContainsKey(key))
        {
            foreach (string old in _entries.Where(e => now - e.Value.Last >= SignInBudget.Memory)
                .Select(e => e.Key).ToArray())
            {
                _entries.Remove(old);
            }
        }

        return _entries.ContainsKey(key) || _entries.Count < MaxKeys ? key : EverybodyElse;
    }
}
