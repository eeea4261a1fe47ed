namespace MicroFirmware.Gateway.Tests;

/// <summary>A clock that a test moves by hand.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Elapsed += by;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;
}
