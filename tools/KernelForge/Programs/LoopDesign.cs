using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>What a loop consists of and which timing it relies on.</summary>
internal sealed record LoopDesign
{
    /// <summary>Name of the kernel.</summary>
    public required string Name { get; init; }

    /// <summary>True with the engine's stream.</summary>
    public bool HasHardware { get; init; } = true;

    /// <summary>True with the software stream.</summary>
    public bool HasSoftware { get; init; } = true;

    /// <summary>True if BUSY is asked at every wait; otherwise cycles are counted.</summary>
    public bool IsPolled { get; init; }

    /// <summary>The timing for which accesses are placed: a schedule without stalls there.</summary>
    public required TimingPoint Placed { get; init; }

    /// <summary>The fastest bus and the slowest engine that a counted wait allows for.</summary>
    public required TimingPoint Worst { get; init; }

    /// <summary>Software alone: no engine.</summary>
    public static LoopDesign Software(Chip chip) => new()
    {
        Name = "software",
        HasHardware = false,
        Placed = chip.Sha.Timing.Default,
        Worst = chip.Sha.Timing.Default,
    };

    /// <summary>A poll at every wait, both streams.</summary>
    public static LoopDesign Polled(Chip chip)
    {
        var design = GridSafe(chip, "polled");
        return design with { IsPolled = true, Worst = design.Worst with { Block = 0, Load = 0 } };
    }

    /// <summary>Right at every point of the chip's timing grid.</summary>
    public static LoopDesign GridSafe(Chip chip, string name)
    {
        var timing = chip.Sha.Timing;
        return new()
        {
            Name = name,
            Placed = timing.Default,
            Worst = new(
                timing.WriteDrain.Low, timing.Read.Low, timing.Block.High, timing.Load.High, timing.Latch.High),
        };
    }

    /// <summary>Right where the bus is the default one and a block takes no longer than this.</summary>
    public static LoopDesign Exact(Chip chip, string name, int block)
    {
        var timing = chip.Sha.Timing.Default with { Block = block };
        return new() { Name = name, Placed = timing, Worst = timing };
    }
}
