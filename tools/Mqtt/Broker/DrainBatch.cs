namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// Puts off sending until a piece of work on this thread is done, so that what it produced for one connection leaves
/// in one write. Nests; never spans an await.
/// </summary>
internal static class DrainBatch
{
    [ThreadStatic]
    private static List<BrokerConnection>? t_waiting;

    [ThreadStatic]
    private static int t_depth;

    public static void Begin() => t_depth++;

    public static void End()
    {
        if (t_depth > 1)
        {
            t_depth--;
            return;
        }

        // Draining one connection may make work for others: the list grows while it is walked.
        List<BrokerConnection>? waiting = t_waiting;
        for (int i = 0; i < waiting?.Count; i++)
        {
            waiting[i].Drain();
        }

        waiting?.Clear();
        t_depth--;
    }

    /// <summary>Sends what waits for a connection: now, or when the batch on this thread ends.</summary>
    public static void Add(BrokerConnection connection)
    {
        if (t_depth == 0)
        {
            connection.Drain();
        }
        else
        {
            (t_waiting ??= []).Add(connection);
        }
    }
}
