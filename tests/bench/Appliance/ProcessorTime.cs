namespace MicroFirmware.Bench.Appliance;

/// <summary>
/// A clock that stands while other programs have the processor: what a loop waits for the firmware, and for nobody
/// else.
/// </summary>
internal sealed class ProcessorTime : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
