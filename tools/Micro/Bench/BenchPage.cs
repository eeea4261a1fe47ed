using MicroFirmware.Hardware;

namespace MicroFirmware.Micro.Bench;

/// <summary>
/// Renews what hardware/README.md shows of the bench: the chart beside it and the table between two marks.
/// </summary>
internal static class BenchPage
{
    /// <summary>File of the chart, in hardware/.</summary>
    public const string ChartFile = "hash-rates.svg";

    private const string Begin = "<!-- micro bench --write: begin -->";
    private const string End = "<!-- micro bench --write: end -->";

    /// <summary>Writes both.</summary>
    /// <param name="hardware">The folder hardware/.</param>
    /// <param name="chips">The chips that were measured.</param>
    /// <param name="rows">Their rows.</param>
    /// <exception cref="CommandFailure">The README has not the two marks.</exception>
    public static void Write(string hardware, IReadOnlyList<Chip> chips, IReadOnlyList<BenchRow> rows)
    {
        string readme = Path.Combine(hardware, "README.md");
        string text = File.ReadAllText(readme);
        File.WriteAllText(readme, Renew(text, chips, rows));
        File.WriteAllText(Path.Combine(hardware, ChartFile), BenchChart.Svg(rows).ReplaceLineEndings("\n"));
    }

    /// <summary>The folder hardware/ of the checkout that a folder lies in.</summary>
    /// <exception cref="CommandFailure">It lies in none.</exception>
    public static string FindHardware(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln")))
            {
                return Path.Combine(folder.FullName, "hardware");
            }
        }
        throw new CommandFailure(
            ExitCode.Unreachable,
            $"'{start}' is not inside a checkout of MicroFirmware.",
            "run `micro bench --write` in the checkout whose hardware/README.md is to be renewed");
    }

    /// <summary>The README's text with a new block between its marks.</summary>
    internal static string Renew(string readme, IReadOnlyList<Chip> chips, IReadOnlyList<BenchRow> rows)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new CommandFailure(
                ExitCode.Configuration,
                "hardware/README.md does not say where the bench's block stands.",
                $"put the lines `{Begin}` and `{End}` where it belongs");
        }
        string[] block =
        [
            Begin, "", $"![Modelled hash rate per chip and kernel]({ChartFile})", "", .. BenchTable.Lines(rows), "",
            .. BenchTable.Notes(chips).Select(note => "- " + note), "",
        ];
        return readme[..begin] + string.Join('\n', block) + "\n" + readme[end..];
    }
}
