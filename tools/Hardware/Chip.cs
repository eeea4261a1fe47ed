namespace MicroFirmware.Hardware;

/// <summary>A chip as hardware/chips describes it.</summary>
public sealed record Chip
{
    /// <summary>Id, as <c>--chip</c> takes it, such as <c>esp32s3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Instruction set of its cores.</summary>
    public required Isa Isa { get; init; }

    /// <summary>CPU clock in MHz.</summary>
    public required int ClockMhz { get; init; }

    /// <summary>Cores and who runs on them.</summary>
    public required ChipCores Cores { get; init; }

    /// <summary>Memory a kernel needs.</summary>
    public required ChipMemory Memory { get; init; }

    /// <summary>The SHA accelerator.</summary>
    public required ShaEngine Sha { get; init; }

    /// <summary>Default <c>nanoff --target</c> of boards with this chip.</summary>
    public required string Nanoff { get; init; }

    /// <summary>Errata that concern the scanner.</summary>
    public IReadOnlyList<string> Errata { get; init; } = [];

    /// <summary>Best public rate; null where none is known.</summary>
    public PublishedRate? Published { get; init; }
}
