using System.Globalization;
using MicroFirmware.Hardware;

namespace MicroFirmware.Micro.Bench;

/// <summary>The rows as a Markdown table, which is also readable in a terminal.</summary>
internal static class BenchTable
{
    private static readonly string[] s_titles =
    [
        "chip", "kernel", "instr.", "accesses", "cycles", "hazards", "kH/s", "interval", "x baseline", "of ceiling",
        "published",
    ];

    /// <summary>The table's lines.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<BenchRow> rows)
    {
        string[][] cells = [s_titles, .. rows.Select(row => Cells(row, rows))];
        int[] widths = [.. Enumerable.Range(0, s_titles.Length).Select(i => cells.Max(c => c[i].Length))];
        string[] lines = [.. cells.Select(c => Line(c, widths))];
        string rule = "|" + string.Join('|', widths.Select((w, i) => i < 2 ? new string('-', w + 2)
            : new string('-', w + 1) + ":")) + "|";
        return [lines[0], rule, .. lines[1..]];
    }

    /// <summary>What the columns mean, and how sure each chip's timing is.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<Chip> chips) =>
    [
        "Per nonce, in the emulated chip: nothing here was measured on silicon.",
        "kH/s: at the chip's default timing; interval: over its timing grid.",
        "device: the interleaved scanner on one core and the software scanner on the others.",
        "exact: what the ladder reaches where the engine is as fast as a counted scanner assumes.",
        "hazards: accesses that real hardware would punish, over the whole grid.",
        "of ceiling: of what engine or bus allow a hardware stream; a software stream comes on top.",
        "published: the best public firmware, whole device.",
        "managed: IL instructions of the scanner on a stock nanoFramework image, and the estimate for an ESP32.",
        .. chips.Select(c => $"{c.Id}: timing {c.Sha.Timing.Confidence.ToString().ToLowerInvariant()}"
            + (c.Published is { } p ? $"; published: {p.Firmware}, {p.Khs.Low}-{p.Khs.High} kH/s ({p.HowSure})" : "")),
    ];

    private static string[] Cells(BenchRow row, IReadOnlyList<BenchRow> rows)
    {
        double? baseline = rows.FirstOrDefault(r => r.Chip == row.Chip && r.Kernel == "baseline")?.Khs.Mid;
        return
        [
            row.Chip,
            row.Kernel,
            Number(row.Instructions, "0"),
            Number(row.Accesses, "0.0"),
            row.Cycles == 0 ? "" : Number(row.Cycles, "0.0"),
            row.Hazards.ToString(CultureInfo.InvariantCulture),
            Rate(row.Khs.Mid),
            $"{Rate(row.Khs.Low)} - {Rate(row.Khs.High)}",
            baseline is null ? "" : Number(row.Khs.Mid / baseline.Value, "0.00"),
            row.Ceiling is { } ceiling ? Number(100 * ceiling, "0") + " %" : "",
            row.Published is { } published ? Number(published, "0") : "",
        ];
    }

    private static string Rate(double khs) => Number(khs, khs < 10 ? "0.00" : "0.0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Line(string[] cells, int[] widths) => "| " + string.Join(
        " | ", cells.Select((cell, i) => i < 2 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))) + " |";
}
