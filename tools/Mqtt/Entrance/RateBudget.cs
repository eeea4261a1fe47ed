namespace MicroFirmware.Mqtt.Entrance;

/// <summary>So much a second, and a burst after quiet. What it limits waits until some of it has come back.</summary>
/// <param name="perSecond">What comes back a second.</param>
/// <param name="burst">The most that can be there; it is at first.</param>
/// <param name="nowMs">The time in milliseconds.</param>
internal sealed class RateBudget(int perSecond, int burst, long nowMs)
{
    private const int MsPerSecond = 1_000;

    private long _filledMs = nowMs;
    private double _left = burst;

    /// <summary>True while there is nothing to take.</summary>
    public bool IsSpent => _left < 1;

    public void Take() => _left--;

    /// <summary>Gives back what the time since the last call is worth.</summary>
    public void Fill(long nowMs)
    {
        _left = Math.Min(burst, _left + ((nowMs - _filledMs) * (double)perSecond / MsPerSecond));
        _filledMs = nowMs;
    }
}
