using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Programs;

namespace MicroFirmware.KernelForge.Scheduling;

/// <summary>A loop, ready to be written.</summary>
/// <param name="Chip">The chip it is for.</param>
/// <param name="Design">What it is.</param>
/// <param name="Frame">Its stack frame.</param>
/// <param name="Schedule">Its straight line.</param>
internal sealed record GeneratedLoop(Chip Chip, LoopDesign Design, Frame Frame, Schedule Schedule)
{
    /// <summary>Chip and design, for people.</summary>
    public string Name => $"{Chip.Id} {Design.Name}";

    /// <summary>Generates a loop.</summary>
    public static GeneratedLoop Of(Chip chip, LoopDesign design)
    {
        LoopScheduler scheduler = new(chip, design);
        var schedule = scheduler.Run();
        return new(chip, design, scheduler.Frame, schedule);
    }
}
