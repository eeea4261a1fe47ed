namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// Puts off sending until a piece of work on this thread is done, so that what it produced for one connection leaves
/// in one write. Nests; never spans an await.
/// </summary>
internal static class DrainBatch
{
    [ThreadStatic]
    private static List<BrokerConnection>? s_waiting;

    [ThreadStatic]
    private static int s_depth;

    [ThreadStatic]
    private static uint s_round;

    /// <summary>Marks connections that wait in this thread's batch; no other thread makes the same.</summary>
    private static long Stamp => ((long)Environment.CurrentManagedThreadId << 32) | s_round;

    public static void Begin()
    {
        s_depth++;
        if (s_depth == 1)
        {
            s_round++;
        }
    }

    public static void End()
    {
        if (s_depth > 1)
        {
            s_depth--;
            return;
        }

        // Draining one connection may make work for others, or for itself again: the list grows while it is walked.
        List<BrokerConnection>? waiting = s_waiting;
        for (int i = 0; i < waiting?.Count; i++)
        {
            waiting[i].BatchStamp = 0;
            waiting[i].Drain();
        }

        waiting?.Clear();
        s_depth--;
    }

    /// <summary>Sends what waits for a connection: now, or when the batch on this thread ends.</summary>
    public static void Add(BrokerConnection connection)
    {
        if (s_depth == 0)
        {
            connection.Drain();
        }
        else if (connection.BatchStamp != Stamp)
        {
            // Another thread may write its own stamp over this one: then the connection waits twice, which is harmless.
            connection.BatchStamp = Stamp;
            (s_waiting ??= []).Add(connection);
        }
    }
}
