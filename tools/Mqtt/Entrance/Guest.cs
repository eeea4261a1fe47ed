namespace MicroFirmware.Mqtt.Entrance;

/// <summary>A client that waits for its turn; the outcome is whether it may come in.</summary>
internal sealed class Guest(long sinceMs, Func<bool> hasLeft)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>When it came.</summary>
    public long SinceMs => sinceMs;

    /// <summary>Whether it has gone meanwhile; such a one costs those behind it nothing.</summary>
    public bool HasLeft => hasLeft();
}
