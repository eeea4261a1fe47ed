using MicroFirmware.Micro.Fleet;
using Spectre.Console;

namespace MicroFirmware.Micro.Tests.Fleet;

public class FleetViewTests
{
    [Fact]
    public void Plain_view_writes_one_line_per_happening_and_per_snapshot()
    {
        var output = new StringWriter { NewLine = "\n" };
        var view = new PlainFleetView(output);

        view.Tell(TimeSpan.FromSeconds(1.25), "board-1 found block 1");
        view.Show(Snapshot(2));

        Assert.Equal(
            """
                1.3s  event  board-1 found block 1
                2.0s  total  accepted 6  late 2  invalid 0  waiting 0  blocks 3  claimed 4.00 kH/s  proven 2.00 kH/s  best 0.25

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void Table_shows_every_board_that_fits_and_the_totals()
    {
        string drawn = Draw(Snapshot(4), 40);

        Assert.Contains("board-4", drawn);
        Assert.DoesNotContain("more", drawn);
        Assert.Contains("8.00 kH/s", drawn);
        Assert.Contains("3 blocks", drawn);
        Assert.Contains("1 (1 late)", drawn);
        Assert.Contains("block 3 found", drawn);
    }

    [Fact]
    public void Table_of_a_fleet_stays_within_the_screen()
    {
        string drawn = Draw(Snapshot(200), 24);

        Assert.Contains(" more", drawn);
        Assert.True(drawn.TrimEnd().Split('\n').Length <= 24, drawn);
    }

    private static string Draw(FleetSnapshot snapshot, int height)
    {
        var output = new StringWriter();
        IAnsiConsole console = new Terminal(output, output, false, false).CreateConsole();
        console.Profile.Width = 120;
        console.Write(FleetTable.Draw(snapshot, ["block 3 found"], height));
        return output.ToString();
    }

    private static FleetSnapshot Snapshot(int boards) => new(
        TimeSpan.FromSeconds(2),
        [.. Enumerable.Range(1, boards)
            .Select(i => new BoardRow($"board-{i}", "mining", 2000, 1000, 3, 1, 0, 0, 3, 0.25))],
        3,
        100_000_000);
}
