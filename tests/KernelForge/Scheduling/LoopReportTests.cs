using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Scheduling;
using MicroFirmware.KernelForge.Timing;

namespace MicroFirmware.KernelForge.Tests.Scheduling;

public sealed class LoopReportTests
{
    public static TheoryData<string> Chips => [.. HardwareCatalog.Chips.Select(chip => chip.Id)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Polled_and_grid_safe_schedules_have_no_hazard_anywhere_on_the_grid(string id)
    {
        var chip = HardwareCatalog.Chip(id);
        string[] safe = ["polled", "engine", "interleaved"];
        foreach (var design in LoopDesigns.Of(chip).Where(design => safe.Contains(design.Name)))
        {
            var report = LoopReport.Of(chip, design);
            Assert.Equal(0, report.GridHazards);
            Assert.True(report.LowKhs <= report.Khs && report.Khs <= report.HighKhs);
        }
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Exact_schedule_is_right_up_to_its_block_time_and_wrong_beyond(string id)
    {
        var chip = HardwareCatalog.Chip(id);
        var timing = chip.Sha.Timing;
        foreach (var block in timing.Block.Distinct)
        {
            var design = LoopDesigns.Of(chip).Single(d => d.Worst.Block == block && d.Name.StartsWith("exact"));
            var body = new LoopScheduler(chip, design).Run().Body;
            Assert.Equal(0, Hazards(body, chip, timing.Default with { Block = block }));
            Assert.NotEqual(0, Hazards(body, chip, timing.Default with { Block = block + 1 }));
        }
    }

    [Theory]
    [InlineData("esp32", 39, 1)]
    [InlineData("esp32s3", 30, 9)]
    [InlineData("esp32c3", 30, 9)]
    public void Engine_stream_makes_the_least_accesses(string id, int writes, int reads)
    {
        var chip = HardwareCatalog.Chip(id);
        var schedule = new LoopScheduler(chip, LoopDesigns.Of(chip).Single(d => d.Name == "interleaved")).Run();
        Assert.Equal(writes * schedule.HardwareNonces, Count(schedule, InstructionKind.EngineWrite));
        Assert.Equal(reads * schedule.HardwareNonces, Count(schedule, InstructionKind.EngineRead));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Software_stream_hardly_slows_the_engines_stream(string id)
    {
        var chip = HardwareCatalog.Chip(id);
        var designs = LoopDesigns.Of(chip).ToDictionary(design => design.Name);
        var alone = LoopReport.Of(chip, designs["engine"]).HardwareKhs;
        var together = LoopReport.Of(chip, designs["interleaved"]).HardwareKhs;
        Assert.InRange(together / alone, 0.995, 1.005);
    }

    private static int Hazards(IReadOnlyList<Instruction> body, Chip chip, TimingPoint timing) =>
        ScheduleCheck.Run(body, chip.Sha, timing).Hazards;

    private static int Count(Schedule schedule, InstructionKind kind) =>
        schedule.Body.Count(instruction => instruction.Kind == kind);
}
