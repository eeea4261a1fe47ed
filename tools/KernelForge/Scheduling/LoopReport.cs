using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Timing;

namespace MicroFirmware.KernelForge.Scheduling;

/// <summary>What a loop's schedule comes to by the cycle model.</summary>
/// <param name="Chip">Id of the chip.</param>
/// <param name="Design">Name of the loop.</param>
/// <param name="HardwareKhs">Rate of the engine's stream at default timing.</param>
/// <param name="SoftwareKhs">Rate of the software stream at default timing.</param>
/// <param name="LowKhs">Rate of both at the slowest point of the grid.</param>
/// <param name="HighKhs">Rate of both at the fastest point.</param>
/// <param name="Hazards">Hazards at default timing.</param>
/// <param name="GridHazards">Hazards at all points together.</param>
/// <param name="Schedule">The schedule.</param>
internal sealed record LoopReport(
    string Chip,
    string Design,
    double HardwareKhs,
    double SoftwareKhs,
    double LowKhs,
    double HighKhs,
    int Hazards,
    int GridHazards,
    Schedule Schedule)
{
    /// <summary>Rate of both streams at default timing.</summary>
    public double Khs => HardwareKhs + SoftwareKhs;

    /// <summary>Schedules a design and runs it over the grid.</summary>
    public static LoopReport Of(Chip chip, LoopDesign design)
    {
        var schedule = new LoopScheduler(chip, design).Run();
        var (cycles, hazards) = ScheduleCheck.Run(schedule.Body, chip.Sha, chip.Sha.Timing.Default);
        var grid = chip.Sha.Timing.Grid().Select(point => ScheduleCheck.Run(schedule.Body, chip.Sha, point)).ToList();
        var clock = chip.ClockMhz * 1000.0;
        var nonces = schedule.HardwareNonces + schedule.SoftwareNonces;
        return new(
            chip.Id,
            design.Name,
            clock / cycles * schedule.HardwareNonces,
            clock / cycles * schedule.SoftwareNonces,
            clock / grid.Max(point => point.Cycles) * nonces,
            clock / grid.Min(point => point.Cycles) * nonces,
            hazards,
            grid.Sum(point => point.Hazards),
            schedule);
    }
}
