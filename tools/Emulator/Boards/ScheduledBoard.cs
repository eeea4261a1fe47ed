namespace MicroFirmware.Emulator.Boards;

/// <summary>A board's place in a <see cref="BoardSchedule"/>.</summary>
public sealed class ScheduledBoard
{
    private readonly BoardSchedule _schedule;

    internal ScheduledBoard(BoardSchedule schedule, BoardStep step)
    {
        _schedule = schedule;
        Step = step;
    }

    /// <summary>
    /// The exception that a step ended with, which takes the board out of the schedule; null while it runs.
    /// </summary>
    public Exception? Fault { get; internal set; }

    internal BoardStep Step { get; }

    /// <summary>The number of the queue entry that counts; older entries are skipped when their turn comes.</summary>
    internal long Ticket { get; set; }

    internal bool IsRunning { get; set; }

    internal bool IsWoken { get; set; }

    internal bool IsRemoved { get; set; }

    /// <summary>
    /// Has the board stepped as soon as a worker is free: something it waits for has arrived. Any thread.
    /// </summary>
    public void Wake() => _schedule.Wake(this);

    /// <summary>Takes the board out. A step that is running ends; no other begins. Any thread.</summary>
    public void Remove() => _schedule.Remove(this);
}
