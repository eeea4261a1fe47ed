using System.Globalization;
using System.Text;

namespace MicroFirmware.Micro.Bench;

/// <summary>
/// A bar chart of the rates as SVG: a bar to the default rate, a whisker over the interval, a mark at the published
/// rate. It carries its own colours, light and dark.
/// </summary>
internal static class BenchChart
{
    private const int Width = 860;
    private const int LabelWidth = 210;
    private const int ValueWidth = 70;
    private const int RowHeight = 18;
    private const int GapHeight = 10;
    private const int Top = 46;

    private static readonly string[] s_kernels = ["baseline", "engine", "interleaved", "exact", "device"];

    /// <summary>The document.</summary>
    public static string Svg(IReadOnlyList<BenchRow> rows)
    {
        BenchRow[] shown = [.. rows.Where(row => s_kernels.Contains(row.Kernel))];
        double most = shown.Length == 0 ? 1 : shown.Max(row => Math.Max(row.Khs.High, row.Published ?? 0));
        StringBuilder bars = new();
        int y = Top;
        foreach (IGrouping<string, BenchRow> chip in shown.GroupBy(row => row.Chip))
        {
            foreach (BenchRow row in chip)
            {
                Bar(bars, row, y, most);
                y += RowHeight;
            }
            y += GapHeight;
        }
        return Header(y) + bars + "</svg>\n";
    }

    private static string Header(int height) => $$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}"
             font-family="sans-serif" font-size="12">
          <style>
            text { fill: #24292f } .bar { fill: #4493f8 } .baseline { fill: #9aa4af } .whisker { stroke: #24292f }
            .published { stroke: #cf222e; stroke-width: 2 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .whisker { stroke: #e6edf3 } }
          </style>
          <text x="0" y="16" font-size="14">Modelled hash rate per chip and kernel, kH/s</text>
          <text x="0" y="34">bar: default timing; whisker: timing grid; red: best public firmware, whole device</text>

        """;

    private static void Bar(StringBuilder svg, BenchRow row, int y, double most)
    {
        double X(double khs) => LabelWidth + (khs / most * (Width - LabelWidth - ValueWidth));
        void Line(FormattableString text) => svg.Append("  ").AppendLine(text.ToString(CultureInfo.InvariantCulture));

        string style = row.Kernel == "baseline" ? "baseline" : "bar";
        double width = X(row.Khs.Mid) - LabelWidth;
        double middle = y + (RowHeight / 2.0) - 1;
        double end = X(Math.Max(row.Khs.High, row.Published ?? 0));
        int baseline = y + 12;
        Line($"""<text x="0" y="{baseline}">{row.Chip} {row.Kernel}</text>""");
        Line($"""<rect class="{style}" x="{LabelWidth}" y="{y + 2}" width="{width:0.0}" height="{RowHeight - 5}"/>""");
        Line($"""<path class="whisker" d="M{X(row.Khs.Low):0.0} {middle}H{X(row.Khs.High):0.0}"/>""");
        if (row.Published is { } published)
        {
            Line($"""<path class="published" d="M{X(published):0.0} {y + 1}v{RowHeight - 3}"/>""");
        }
        Line($"""<text x="{end + 6:0.0}" y="{baseline}">{row.Khs.Mid:0}</text>""");
    }
}
