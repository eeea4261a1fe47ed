namespace MicroFirmware.Hardware;

/// <summary>A chip's SHA accelerator.</summary>
public sealed record ShaEngine
{
    /// <summary>How it is driven.</summary>
    public required ShaEngineKind Engine { get; init; }

    /// <summary>Address of its first register.</summary>
    public required uint Base { get; init; }

    /// <summary>
    /// Register name to octet offset from <see cref="Base"/>; <c>busy</c>, <c>start</c>, <c>continue</c> always exist.
    /// </summary>
    public required IReadOnlyDictionary<string, uint> Registers { get; init; }

    /// <summary>Its timing and the bus's.</summary>
    public required EngineTiming Timing { get; init; }

    /// <summary>What engine or bus allow at all, in kH/s (derived); null where nothing is known.</summary>
    public CycleRange? CeilingKhs { get; init; }
}
