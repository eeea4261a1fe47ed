using System.Runtime.CompilerServices;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Events;

/// <summary>
/// What happened, in sentences: kept in a file of its own, the newest 100,000, and told to listeners once it is on the
/// disk. Safe for use by many threads.
/// </summary>
internal sealed class EventJournal : IDisposable
{
    /// <summary>Events that are kept by default: about 20 MB.</summary>
    public const long DefaultKept = 100_000;

    /// <summary>Listeners at a time: open pages, readers of the stream, and webhooks.</summary>
    public const int MaxListeners = 256;

    private const int MaxTextLength = 500;
    private const int MaxSubjectLength = 100;
    private const int ReplayPage = 200;

    // People notice no delay of this kind, and a burst is one fsync.
    private static readonly GroupCommitLimits s_limits = new(1_000, TimeSpan.FromMilliseconds(50), 10_000);

    private readonly Lock _sync = new();
    private readonly TimeProvider _time;
    private readonly EventStore _store;
    private readonly EventBudget _budget;
    private readonly GroupCommit<EventWriter> _writer;
    private EventListener[] _listeners = [];
    private long _newest;
    private long _dropped;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Dates events, and measures how many there are in a minute.</param>
    /// <param name="kept">Events that are kept.</param>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public EventJournal(string path, TimeProvider time, long kept = DefaultKept)
    {
        (_time, _budget) = (time, new EventBudget(time));
        _store = new EventStore(EventStore.Open(path));
        _newest = _store.NewestNumber();

        // It waits for a disk, which keeps real time.
        _writer = new GroupCommit<EventWriter>(
            () => new EventWriter(EventStore.Open(path), kept), s_limits, TimeProvider.System);
    }

    /// <summary>Events that could not be kept because the disk takes nothing.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The number of the last event that was published; 0 for none.</summary>
    public long Newest
    {
        get
        {
            lock (_sync)
            {
                return _newest;
            }
        }
    }

    /// <summary>Says that something happened. Does not block and does not throw; where there is too much of a kind, the
    /// rest of the minute is counted and not told.</summary>
    /// <param name="kind">What.</param>
    /// <param name="subject">To whom or what: a device's id, an upstream's name, an account; empty for the gateway.
    /// </param>
    /// <param name="text">A sentence for people. No secrets.</param>
    /// <param name="severity">How much it matters; null for what the kind says.</param>
    public void Publish(EventKind kind, string subject, string text, EventSeverity? severity = null)
    {
        lock (_sync)
        {
            bool isTold = _budget.TryTake(kind, out int leftOut);
            if (leftOut > 0)
            {
                Append(kind, "", $"{leftOut} more events of this kind were left out.", severity);
            }

            if (isTold)
            {
                Append(kind, subject, text, severity);
            }
        }
    }

    /// <summary>A page, the newest first.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public IReadOnlyList<GatewayEvent> Read(EventQuery query) => _store.Before(query);

    /// <summary>What came after an event, the oldest first.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public IReadOnlyList<GatewayEvent> ReadAfter(long number, int limit) => _store.After(number, limit);

    /// <summary>Listens from now on; null where too many do.</summary>
    public EventListener? TryListen()
    {
        EventListener listener = new(Forget);
        lock (_sync)
        {
            if (_listeners.Length >= MaxListeners)
            {
                return null;
            }

            _listeners = [.. _listeners, listener];
            return listener;
        }
    }

    /// <summary>Every event after one, kept or yet to come, each once and in order; ends when the listener is cut off
    /// or the gateway stops.</summary>
    /// <param name="listener">Listens already; disposed of at the end.</param>
    /// <param name="after">The last event that is known; null to hear only of new ones.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<GatewayEvent> FollowAsync(
        EventListener listener, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using (listener)
        {
            long last = after ?? 0;
            while (after is not null && _store.After(last, ReplayPage) is { Count: > 0 } page)
            {
                foreach (GatewayEvent item in page)
                {
                    last = item.Number;
                    yield return item;
                }
            }

            await foreach (GatewayEvent item in listener.Events.ReadAllAsync(cancel))
            {
                if (item.Number > last)
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>The last event that a webhook's receiver took; null for a new one.</summary>
    internal long? TakenBy(string hook) => _store.TakenBy(hook);

    /// <summary>Ends when what was kept before can be read; forgets what a webhook's receiver took, where one is named.
    /// </summary>
    internal Task SettleTakenAsync(string? forgotten)
    {
        CommitSignal<EventWriter> signal = new(writer =>
        {
            if (forgotten is not null)
            {
                writer.ForgetTaken(forgotten);
            }
        });
        _writer.Append(signal);
        return signal.Done;
    }

    /// <summary>Keeps the last event that a webhook's receiver took.</summary>
    internal void SetTaken(string hook, long number) =>
        _writer.Append(new CommitSignal<EventWriter>(writer => writer.SetTaken(hook, number)));

    /// <summary>Returns when all that was published is on the disk, or never will be.</summary>
    internal async Task FlushAsync()
    {
        CommitSignal<EventWriter> signal = new(_ => { });
        _writer.Append(signal);
        await signal.Done.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Writes what waits, and ends every listener.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        Array.ForEach(_listeners, listener => listener.Dispose());
        _store.Dispose();
    }

    private void Append(EventKind kind, string subject, string text, EventSeverity? severity)
    {
        GatewayEvent item = new(_newest + 1, _time.GetUtcNow(), kind, severity ?? EventWords.SeverityOf(kind),
            Cut(subject, MaxSubjectLength), Cut(text, MaxTextLength));
        if (_writer.TryAppend(new Entry(this, item)))
        {
            _newest++;
        }
        else
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Tell(GatewayEvent item)
    {
        foreach (EventListener listener in Volatile.Read(ref _listeners))
        {
            listener.Tell(item);
        }
    }

    private void Forget(EventListener listener)
    {
        lock (_sync)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private sealed class Entry(EventJournal journal, GatewayEvent item) : StoreEntry<EventWriter>
    {
        public override void Write(EventWriter writer) => writer.Insert(item);

        public override void Committed() => journal.Tell(item);
    }
}
