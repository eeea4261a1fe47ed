namespace MicroFirmware.Lightning.Tests.Payouts;

/// <summary>A clock that a test sets, or moves ahead of the real one.</summary>
internal sealed class ShiftedTime(DateTimeOffset? fixedNow = null) : TimeProvider
{
    private long _shiftTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shiftTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        (fixedNow ?? System.GetUtcNow()) + TimeSpan.FromTicks(Interlocked.Read(ref _shiftTicks));
}
