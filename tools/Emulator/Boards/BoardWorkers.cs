namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// A few threads that drive a <see cref="BoardSchedule"/> in real time. They run below normal priority, where the
/// operating system knows one per thread, so that boards never take the machine from what else runs on it.
/// </summary>
public sealed class BoardWorkers : IDisposable
{
    /// <summary>Longest sleep without a look at the clock, which bounds what a lost wake-up could cost.</summary>
    private const int LongestWaitMs = 250;

    private readonly BoardSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly Thread[] _threads;
    private volatile bool _isStopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="schedule">What they drive.</param>
    /// <param name="time">The clock of its due times; see <see cref="NowMs"/>.</param>
    /// <param name="count">How many, at least 1; more than the machine has cores gains nothing.</param>
    public BoardWorkers(BoardSchedule schedule, TimeProvider time, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _schedule = schedule;
        _time = time;
        _threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work)
            {
                Name = $"boards {i}",
                IsBackground = true,
                Priority = ThreadPriority.BelowNormal,
            };
            _threads[i].Start();
        }
    }

    /// <summary>Milliseconds on the monotonic clock of a time provider.</summary>
    public static long NowMs(TimeProvider time) =>
        (long)(time.GetTimestamp() * (1000.0 / time.TimestampFrequency));

    /// <summary>Lets running steps end and waits for the threads.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _schedule.Interrupt();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work()
    {
        while (!_isStopping)
        {
            long nowMs = NowMs(_time);
            if (!_schedule.TryStep(nowMs, out long nextDueMs))
            {
                _schedule.WaitForChange(nextDueMs, (int)Math.Min(nextDueMs - nowMs, LongestWaitMs));
            }
        }
    }
}
