namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Failures by key. Bounded: above it all further keys share one entry. Times are milliseconds since 1970 UTC. Not safe
/// for several threads.
/// </summary>
/// <param name="isOfNames">Whether its keys are names; addresses otherwise.</param>
/// <param name="free">Failures before the first wait.</param>
/// <param name="told">Hears of every entry as it is now.</param>
internal sealed class AttemptTable(bool isOfNames, int free, Action<AttemptNote> told)
{
    private const int MaxKeys = 4_096;
    private const string EverybodyElse = "";

    private static readonly long s_memoryMs = (long)SignInBudget.Memory.TotalMilliseconds;

    private readonly Dictionary<string, AttemptNote> _entries = [];

    /// <summary>Takes an entry that an earlier run noted.</summary>
    public void Load(AttemptNote note) => _entries[note.Key] = note;

    /// <summary>How long a key has to wait; zero for not at all.</summary>
    public TimeSpan Wait(string key, long nowMs) =>
        _entries.TryGetValue(Slot(key, nowMs), out AttemptNote? entry) && entry.LockedUntilMs > nowMs
            ? TimeSpan.FromMilliseconds(entry.LockedUntilMs - nowMs)
            : TimeSpan.Zero;

    /// <summary>Counts a failure.</summary>
    public void Count(string key, long nowMs)
    {
        key = Slot(key, nowMs);
        bool isFresh = _entries.TryGetValue(key, out AttemptNote? entry) && nowMs - entry.LastMs < s_memoryMs;
        int failures = isFresh ? entry!.Failures + 1 : 1;
        Put(new AttemptNote(
            isOfNames, key, failures, nowMs, failures < free ? 0 : nowMs + LockMs(failures - free)));
    }

    /// <summary>Forgets a key.</summary>
    public void Forget(string key)
    {
        if (_entries.Remove(key, out AttemptNote? entry))
        {
            told(entry with { Failures = 0 });
        }
    }

    /// <summary>Takes the last failure back.</summary>
    public void TakeBack(string key)
    {
        if (_entries.TryGetValue(key, out AttemptNote? entry))
        {
            Put(entry with { Failures = entry.Failures - 1, LockedUntilMs = 0 });
        }
    }

    private void Put(AttemptNote entry)
    {
        _entries[entry.Key] = entry;
        told(entry);
    }

    private static long LockMs(int doublings)
    {
        TimeSpan wait = SignInBudget.FirstWait;
        for (; doublings > 0 && wait < SignInBudget.LongestWait; doublings--)
        {
            wait *= 2;
        }

        return (long)(wait < SignInBudget.LongestWait ? wait : SignInBudget.LongestWait).TotalMilliseconds;
    }

    private string Slot(string key, long nowMs)
    {
        if (_entries.Count >= MaxKeys && !_entries.ContainsKey(key))
        {
            foreach (string old in _entries.Where(e => nowMs - e.Value.LastMs >= s_memoryMs)
                .Select(e => e.Key).ToArray())
            {
                _entries.Remove(old);
            }
        }

        return _entries.ContainsKey(key) || _entries.Count < MaxKeys ? key : EverybodyElse;
    }
}
