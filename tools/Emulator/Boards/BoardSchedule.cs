namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// Steps boards when they are due, each by one thread at a time, the longest due first. It owns no thread and no clock:
/// a few workers drive thousands of boards in real time, a test drives them on virtual time.
/// </summary>
public sealed class BoardSchedule
{
    private readonly object _gate = new();
    private readonly PriorityQueue<(ScheduledBoard Board, long Ticket), (long DueMs, long Ticket)> _queue = new();
    private long _lastTicket;

    /// <summary>Adds a board, to be stepped at the next opportunity.</summary>
    public ScheduledBoard Add(BoardStep step)
    {
        var board = new ScheduledBoard(this, step);
        lock (_gate)
        {
            Enqueue(board, long.MinValue);
        }

        return board;
    }

    /// <summary>Steps the board that is due longest.</summary>
    /// <param name="nowMs">The current time, milliseconds.</param>
    /// <param name="nextDueMs">
    /// If nothing was due: when something will be, or <see cref="long.MaxValue"/>. Otherwise <paramref name="nowMs"/>.
    /// </param>
    /// <returns>True if a board was stepped.</returns>
    public bool TryStep(long nowMs, out long nextDueMs)
    {
        ScheduledBoard? board;
        lock (_gate)
        {
            if (!TryTake(nowMs, out board, out nextDueMs))
            {
                return false;
            }
        }

        long dueMs = Run(board!, nowMs);
        lock (_gate)
        {
            board!.IsRunning = false;
            if (!board.IsRemoved && (board.IsWoken || dueMs != long.MaxValue))
            {
                Enqueue(board, board.IsWoken ? nowMs : dueMs);
            }
        }

        return true;
    }

    /// <summary>Blocks the caller until a board is woken or added, or the time is over.</summary>
    /// <param name="nextDueMs">What <see cref="TryStep"/> said; an earlier due time ends the wait.</param>
    /// <param name="timeoutMs">Longest wait, milliseconds, at least 0.</param>
    public void WaitForChange(long nextDueMs, int timeoutMs)
    {
        lock (_gate)
        {
            bool isUnchanged = !_queue.TryPeek(out _, out (long DueMs, long Ticket) head) || head.DueMs >= nextDueMs;
            if (isUnchanged)
            {
                Monitor.Wait(_gate, timeoutMs);
            }
        }
    }

    /// <summary>Ends every wait, so that workers look at their stop signal.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    internal void Wake(ScheduledBoard board)
    {
        lock (_gate)
        {
            if (board.IsRunning)
            {
                board.IsWoken = true;
            }
            else if (!board.IsRemoved)
            {
                Enqueue(board, long.MinValue);
            }
        }
    }

    internal void Remove(ScheduledBoard board)
    {
        lock (_gate)
        {
            board.IsRemoved = true;
            board.Ticket = 0;
        }
    }

    private static long Run(ScheduledBoard board, long nowMs)
    {
        try
        {
            return board.Step(nowMs);
        }
        catch (Exception exception)
        {
            // A defect in one board's firmware must not stop the others; whoever owns the board reads its fault.
            board.Fault = exception;
            board.Remove();
            return long.MaxValue;
        }
    }

    private bool TryTake(long nowMs, out ScheduledBoard? board, out long nextDueMs)
    {
        while (_queue.TryPeek(out (ScheduledBoard Board, long Ticket) entry, out (long DueMs, long Ticket) due))
        {
            bool isCurrent = entry.Ticket == entry.Board.Ticket;
            if (isCurrent && due.DueMs > nowMs)
            {
                board = null;
                nextDueMs = due.DueMs;
                return false;
            }

            _queue.Dequeue();
            if (isCurrent)
            {
                board = entry.Board;
                board.IsRunning = true;
                board.IsWoken = false;
                nextDueMs = nowMs;
                return true;
            }
        }

        board = null;
        nextDueMs = long.MaxValue;
        return false;
    }

    private void Enqueue(ScheduledBoard board, long dueMs)
    {
        board.Ticket = ++_lastTicket;
        _queue.Enqueue((board, board.Ticket), (dueMs, board.Ticket));
        Monitor.Pulse(_gate);
    }
}
