namespace MicroFirmware.Dashboard.Live;

/// <summary>
/// One heartbeat for all open pages: while somebody listens it beats once a second, and each page then asks for itself
/// anew. Nobody listens, nothing runs. Safe for use by many threads.
/// </summary>
internal sealed class FleetPulse(TimeProvider time) : IDisposable
{
    /// <summary>Between two beats: a figure on a page is at most this old, and the time that the page takes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private TaskCompletionSource _next = NewBeat();
    private int _listeners;
    private long _beats;

    /// <summary>Beats so far; one more each time that somebody begins to listen where nobody did.</summary>
    public long Beats => Interlocked.Read(ref _beats);

    /// <summary>Pages that listen now.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>Counts a page in, unless there are <paramref name="most"/> already.</summary>
    /// <returns>Dispose of it when the page is gone; null when there is no room.</returns>
    public IDisposable? Listen(int most)
    {
        lock (_lock)
        {
            if (_listeners >= most)
            {
                return null;
            }

            // Who comes first is told nothing that somebody was told before.
            _beats += _listeners++ == 0 ? 1 : 0;
            _timer ??= time.CreateTimer(_ => Beat(), null, Interval, Interval);
            return new Seat(this);
        }
    }

    /// <summary>Ends at the next beat.</summary>
    public Task NextAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            return _next.Task.WaitAsync(cancel);
        }
    }

    /// <summary>Beats no more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private static TaskCompletionSource NewBeat() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Beat()
    {
        TaskCompletionSource beat;
        lock (_lock)
        {
            _beats++;
            (beat, _next) = (_next, NewBeat());
        }

        beat.SetResult();
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_listeners == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Seat(FleetPulse pulse) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                pulse.Leave();
            }
        }
    }
}
