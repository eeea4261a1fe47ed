namespace MicroFirmware.Storage;

/// <summary>
/// The one writer. Entries wait until a batch is full or its first entry is
/// <see cref="GroupCommitLimits.BatchDelay"/> old, whichever comes first; a batch is one transaction; only after it is
/// on the disk do its entries hear of it, in order. While the disk is full, the file locked or damaged, the batch waits
/// and is tried again: nothing is acknowledged, nothing is dropped, and it goes on by itself when the cause is gone.
/// </summary>
/// <typeparam name="TWriter">What entries are written with.</typeparam>
public class GroupCommit<TWriter> : IDisposable
    where TWriter : class, IGroupWriter
{
    private const int RetryDelayMs = 200;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Func<TWriter> _open;
    private volatile GroupCommitLimits _limits;
    private readonly TimeProvider _time;
    private readonly CommitStatistics _statistics = new();
    private readonly Thread _thread;
    private List<StoreEntry<TWriter>> _waiting = [];
    private List<StoreEntry<TWriter>> _batch = [];
    private int _waitingCount;
    private long _firstArrived;
    private volatile bool _stopping;
    private TWriter? _writer;

    /// <summary>Opens the database and starts the writer thread.</summary>
    /// <param name="open">Opens the store; called again when the file turned out to be damaged.</param>
    /// <param name="limits">Batch size and delay.</param>
    /// <param name="time">Measures how long a batch has waited.</param>
    /// <exception cref="StorageException">The database cannot be opened.</exception>
    public GroupCommit(Func<TWriter> open, GroupCommitLimits limits, TimeProvider time)
    {
        _open = open;
        _limits = limits;
        _time = time;
        _writer = open();
        _thread = new Thread(Loop) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Tells the entries of a batch that they are on the disk; set it to do something around that.</summary>
    public Action<List<StoreEntry<TWriter>>> Announce { get; set; } =
        batch => batch.ForEach(entry => entry.Committed());

    /// <summary>Told with every change between working (null) and not working.</summary>
    public event Action<StorageException?>? FaultChanged;

    /// <summary>Told on the writer thread of every commit: its entries and how long it took.</summary>
    public event Action<int, TimeSpan>? Committed;

    /// <summary>Why nothing can be stored at the moment; null while all is well.</summary>
    public StorageException? Fault { get; private set; }

    /// <summary>Commits, rows and latency so far.</summary>
    public CommitStatistics Statistics => _statistics;

    /// <summary>Batch size and delay; others may be set at any time.</summary>
    public GroupCommitLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>False when so many wait that whoever can should not add to them.</summary>
    public bool HasRoom => Volatile.Read(ref _waitingCount) < _limits.QueueMaxEntries;

    /// <summary>Hands an entry to the writer if there is room.</summary>
    /// <returns>False when there is none: the entry must not be acknowledged.</returns>
    public bool TryAppend(StoreEntry<TWriter> entry)
    {
        if (!HasRoom)
        {
            return false;
        }

        Append(entry);
        return true;
    }

    /// <summary>Hands an entry to the writer, room or not. While the store closes it is abandoned at once.</summary>
    public void Append(StoreEntry<TWriter> entry)
    {
        bool wake;
        lock (_gate)
        {
            if (_stopping)
            {
                entry.Abandoned();
                return;
            }

            if (_waiting.Count == 0)
            {
                _firstArrived = _time.GetTimestamp();
            }

            _waiting.Add(entry);
            _waitingCount = _waiting.Count;
            wake = _waiting.Count == 1 || _waiting.Count == _limits.BatchMaxEntries;
        }

        if (wake)
        {
            _wake.Set();
        }
    }

    /// <summary>Writes what waits, then stops. What cannot be written is not acknowledged.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        _wake.Set();
        _thread.Join();
        _batch.ForEach(entry => entry.Abandoned());
        _waiting.ForEach(entry => entry.Abandoned());
        _writer?.Dispose();
        _wake.Dispose();
    }

    private void Loop()
    {
        while (TakeBatch())
        {
            while (!TryCommit())
            {
                _wake.WaitOne(RetryDelayMs);
                if (_stopping)
                {
                    return;
                }
            }

            Announce(_batch);
            _batch.Clear();
        }
    }

    private bool TakeBatch()
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                wait = TimeToClose();
                if (wait == TimeSpan.Zero || _stopping)
                {
                    (_batch, _waiting) = (_waiting, _batch);
                    _waitingCount = 0;
                    return _batch.Count > 0;
                }
            }

            _wake.WaitOne(wait);
        }
    }

    private TimeSpan TimeToClose()
    {
        if (_waiting.Count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _limits.BatchDelay - _time.GetElapsedTime(_firstArrived);
        return _waiting.Count >= _limits.BatchMaxEntries || left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private bool TryCommit()
    {
        long started = _time.GetTimestamp();
        try
        {
            _writer ??= _open();
            _writer.Begin();
            foreach (StoreEntry<TWriter> entry in _batch)
            {
                entry.Write(_writer);
            }

            _writer.Commit();
            TimeSpan took = _time.GetElapsedTime(started);
            _statistics.Count(_batch.Count, took);
            Committed?.Invoke(_batch.Count, took);
            Report(null);
            return true;
        }
        catch (StorageException fault)
        {
            _writer?.Rollback();
            if (fault.NeedsReopening)
            {
                _writer?.Dispose();
                _writer = null;
            }

            Report(fault);
            return false;
        }
    }

    private void Report(StorageException? fault)
    {
        bool changed = fault?.Code != Fault?.Code;
        Fault = fault;
        if (changed)
        {
            FaultChanged?.Invoke(fault);
        }
    }
}
