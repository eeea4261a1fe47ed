namespace MicroFirmware.Gateway;

/// <summary>
/// The gateway's two clocks, from one source: time since it started, which never goes back, and the date.
/// </summary>
internal sealed class GatewayClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Time since the gateway started.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started);

    /// <summary>Milliseconds since 1970 UTC.</summary>
    public long UnixMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Where both come from.</summary>
    public TimeProvider Source => time;
}
