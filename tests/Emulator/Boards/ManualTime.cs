namespace MicroFirmware.Emulator.Tests.Boards;

/// <summary>A clock advanced by hand.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _nowMs;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _nowMs;

    public void AdvanceMs(long ms) => _nowMs += ms;
}
