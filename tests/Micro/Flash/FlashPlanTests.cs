using MicroFirmware.Hardware;
using MicroFirmware.Micro.Flash;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Tests.Flash;

public class FlashPlanTests
{
    private static readonly FlashOptions s_everything = new("nanoff", HardwareCatalog.Board("xiao-esp32s3"), null,
        "COM3", "nano CLR.bin", "app.bin", "files.json", "network.json", IsErasing: true, IsRuntimeKept: false);

    [Fact]
    public void Plan_of_everything_is_runtime_application_network_settings()
    {
        string target = HardwareCatalog.Board("xiao-esp32s3").Nanoff;

        Assert.Equal(
            [
                $"nanoff --update --target {target} --serialport COM3 --clrfile \"nano CLR.bin\" --masserase",
                $"nanoff --target {target} --serialport COM3 --deploy --image app.bin",
                "nanoff --nanodevice --serialport COM3 --networkdeployment network.json",
                "nanoff --nanodevice --serialport COM3 --filedeployment files.json",
            ],
            FlashPlan.Of(s_everything).Select(step => step.CommandLine("nanoff")));
    }

    [Fact]
    public void Plan_leaves_out_what_is_not_asked_for()
    {
        FlashOptions little = s_everything with
        {
            ClrFile = null, Image = null, Files = null, Network = null, IsErasing = false, Target = "ESP32_OTHER",
        };

        Assert.Equal("--update --target ESP32_OTHER --serialport COM3",
            string.Join(' ', Assert.Single(FlashPlan.Of(little)).Arguments));
        Assert.Empty(FlashPlan.Of(little with { IsRuntimeKept = true }));
    }

    [Theory]
    [MemberData(nameof(BoardIds))]
    public void Every_board_has_a_target(string id) =>
        Assert.Equal(["--update", "--target", HardwareCatalog.Board(id).Nanoff],
            FlashPlan.Of(s_everything with { Board = HardwareCatalog.Board(id) })[0].Arguments.Take(3));

    public static TheoryData<string> BoardIds => [.. HardwareCatalog.Boards.Select(board => board.Id)];

    [Fact]
    public void Board_is_what_the_user_says() =>
        Assert.Equal("esp32-cyd", BoardChoice.Choose("esp32-cyd", new SerialPortInfo("COM3")).Id);

    [Theory]
    [InlineData("esp33", null, "there is no board 'esp33'")]
    [InlineData(null, null, "does not say which board it is")]
    [InlineData(null, "10C4:EA60", "may be one of")]
    public void Board_in_doubt_is_not_guessed(string? named, string? usbId, string problem)
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(
            () => BoardChoice.Choose(named, new SerialPortInfo("COM3", usbId)));

        Assert.Contains(problem, failure.Message);
        Assert.StartsWith("choose with --board: ", failure.NextStep);
    }
}
