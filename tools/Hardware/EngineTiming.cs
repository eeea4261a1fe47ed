namespace MicroFirmware.Hardware;

/// <summary>
/// Timing of the peripheral bus and the SHA engine in CPU cycles, each with its interval. The rules these figures enter
/// are written in hardware/chips/README.md.
/// </summary>
public sealed record EngineTiming
{
    /// <summary>Cycles a posted write occupies the bus; it reaches the engine at their end.</summary>
    public required CycleRange WriteDrain { get; init; }

    /// <summary>Cycles a read blocks the CPU once earlier writes have drained.</summary>
    public required CycleRange Read { get; init; }

    /// <summary>Cycles from the arrival of START or CONTINUE until the digest stands.</summary>
    public required CycleRange Block { get; init; }

    /// <summary>The same for LOAD; zero on the memory engine, which has none.</summary>
    public required CycleRange Load { get; init; }

    /// <summary>
    /// Cycles from the arrival of a trigger until message word 0 was taken; word i is taken i cycles later.
    /// </summary>
    public required CycleRange Latch { get; init; }

    /// <summary>How sure the figures are.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>The default timing point: every figure at mid.</summary>
    public TimingPoint Default => new(WriteDrain.Mid, Read.Mid, Block.Mid, Load.Mid, Latch.Mid);

    /// <summary>Every combination of low, mid and high, in a fixed order; contains <see cref="Default"/>.</summary>
    public IEnumerable<TimingPoint> Grid() =>
        from write in WriteDrain.Distinct
        from read in Read.Distinct
        from block in Block.Distinct
        from load in Load.Distinct
        from latch in Latch.Distinct
        select new TimingPoint(write, read, block, load, latch);
}
