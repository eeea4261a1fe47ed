using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MicroFirmware.Micro.Fleet;

/// <summary>
/// A snapshot as a table: one row a board as far as the screen reaches, totals, the latest happenings.
/// </summary>
internal static class FleetTable
{
    /// <summary>Lines that are not board rows: borders, header, totals, the line of omitted boards, caption.</summary>
    private const int FixedLines = 8;

    /// <summary>Draws the snapshot for a screen of the given height in lines.</summary>
    public static IRenderable Draw(FleetSnapshot snapshot, IReadOnlyCollection<string> happenings, int screenHeight)
    {
        Table table = CreateColumns();
        int room = Math.Max(4, screenHeight - FixedLines - happenings.Count);
        int shown = snapshot.Boards.Count <= room ? snapshot.Boards.Count : room - 1;
        foreach (BoardRow board in snapshot.Boards.Take(shown))
        {
            AddBoard(table, board);
        }

        if (shown < snapshot.Boards.Count)
        {
            table.AddRow(new Text($"and {snapshot.Boards.Count - shown} more"));
        }

        AddTotals(table, snapshot);
        return new Rows([table, .. happenings.Select(happening => new Text(happening))]);
    }

    private static Table CreateColumns()
    {
        Table table = new Table().RoundedBorder().AddColumn("board").AddColumn("state");
        foreach (string heading in (string[])["claimed", "proven", "accepted", "rejected", "best difficulty"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        return table;
    }

    private static void AddBoard(Table table, BoardRow board) => table.AddRow(
        new Text(board.Board),
        new Text(board.State),
        new Text(Figures.HashRate(board.ClaimedHashesPerSecond)),
        new Text(Figures.HashRate(board.ProvenHashesPerSecond) + (board.Disagrees ? " !" : "")),
        new Text(board.Accepted.ToString(CultureInfo.InvariantCulture), new Style(Color.Green)),
        Rejected(board.Late, board.Invalid),
        new Text(Figures.Difficulty(board.BestDifficulty)));

    private static void AddTotals(Table table, FleetSnapshot snapshot)
    {
        var bold = new Style(decoration: Decoration.Bold);
        string blocks = snapshot.Blocks == 1 ? "1 block" : $"{snapshot.Blocks} blocks";
        table.AddEmptyRow();
        table.AddRow(
            new Text("all", bold),
            new Text(blocks, bold),
            new Text(Figures.HashRate(snapshot.ClaimedHashesPerSecond), bold),
            new Text(Figures.HashRate(snapshot.ProvenHashesPerSecond), bold),
            new Text(snapshot.Accepted.ToString(CultureInfo.InvariantCulture), bold),
            Rejected(snapshot.Late, snapshot.Invalid),
            new Text(Figures.Difficulty(snapshot.BestDifficulty), bold));
    }

    private static Text Rejected(long late, long invalid)
    {
        string text = (late + invalid).ToString(CultureInfo.InvariantCulture) + (late > 0 ? $" ({late} late)" : "");
        return new Text(text, invalid == 0 ? Style.Plain : new Style(Color.Red));
    }
}
