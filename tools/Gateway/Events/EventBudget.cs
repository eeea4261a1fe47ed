namespace MicroFirmware.Gateway.Events;

/// <summary>
/// So many events of a kind in a minute, and no more: whoever makes a thousand boards reconnect, or a thousand wrong
/// passwords, must not push everything else out of the journal. Not safe for use by several threads at once.
/// </summary>
internal sealed class EventBudget(TimeProvider time)
{
    /// <summary>Events of one kind in one window.</summary>
    public const int PerWindow = 30;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<EventKind, Window> _windows = [];

    /// <summary>Counts an event.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="leftOut">How many of the kind were left out of the window before, where this is the first since.
    /// </param>
    /// <returns>Whether it may be told.</returns>
    public bool TryTake(EventKind kind, out int leftOut)
    {
        leftOut = 0;
        if (!_windows.TryGetValue(kind, out Window? window))
        {
            _windows.Add(kind, window = new Window { Started = time.GetTimestamp() });
        }
        else if (time.GetElapsedTime(window.Started) >= s_window)
        {
            leftOut = Math.Max(0, window.Count - PerWindow);
            (window.Started, window.Count) = (time.GetTimestamp(), 0);
        }

        return ++window.Count <= PerWindow;
    }

    private sealed class Window
    {
        public long Started { get; set; }

        public int Count { get; set; }
    }
}
