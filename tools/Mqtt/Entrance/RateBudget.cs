namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// So many packets a second of one client, and as many at once after a quiet second. Who has spent it is read again
/// when some of it has come back: slowed down, not closed.
/// </summary>
internal sealed class PacketBudget(int perSecond, long nowMs)
{
    private const int MsPerSecond = 1_000;

    private long _filledMs = nowMs;
    private double _left = perSecond;

    /// <summary>True while the client must not be read from.</summary>
    public bool IsSpent => _left < 1;

    public void Take() => _left--;

    /// <summary>Gives back what the time since the last call is worth.</summary>
    public void Fill(long nowMs)
    {
        _left = Math.Min(perSecond, _left + ((nowMs - _filledMs) * (double)perSecond / MsPerSecond));
        _filledMs = nowMs;
    }
}
