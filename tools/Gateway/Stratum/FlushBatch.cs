namespace MicroFirmware.Gateway.Stratum;

/// <summary>Puts off sending until a piece of work on this thread is done, so that all that it has for one miner leaves
/// in one write. Never spans an await.</summary>
internal static class FlushBatch
{
    [ThreadStatic]
    private static List<StratumConnection>? s_waiting;

    [ThreadStatic]
    private static bool s_isOpen;

    [ThreadStatic]
    private static uint s_round;

    /// <summary>Marks connections that wait in this thread's batch; no other thread makes the same.</summary>
    private static long Stamp => ((long)Environment.CurrentManagedThreadId << 32) | s_round;

    public static void Begin()
    {
        s_isOpen = true;
        s_round++;
    }

    public static void End()
    {
        s_isOpen = false;
        if (s_waiting is not { Count: > 0 } waiting)
        {
            return;
        }

        foreach (StratumConnection connection in waiting)
        {
            connection.BatchStamp = 0;
            connection.Flush();
        }

        waiting.Clear();
    }

    /// <summary>Sends what was written: now, or when the batch on this thread ends.</summary>
    public static void Add(StratumConnection connection)
    {
        if (!s_isOpen)
        {
            connection.Flush();
        }
        else if (connection.BatchStamp != Stamp)
        {
            // Another thread may write its own stamp over this one: then it is flushed twice, which is harmless.
            connection.BatchStamp = Stamp;
            (s_waiting ??= []).Add(connection);
        }
    }
}
