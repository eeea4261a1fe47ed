using System.Text.Json;

namespace MicroFirmware.Micro.Bench;

/// <summary>The rows as a JSON array, rounded to a thousandth.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    /// <summary>The document.</summary>
    public static string Write(IReadOnlyList<BenchRow> rows) => JsonSerializer.Serialize(rows.Select(Round), s_options);

    private static BenchRow Round(BenchRow row) => row with
    {
        Instructions = Round(row.Instructions),
        Accesses = Round(row.Accesses),
        Cycles = Round(row.Cycles),
        Khs = new HashRateInterval(Round(row.Khs.Low), Round(row.Khs.Mid), Round(row.Khs.High)),
        Ceiling = row.Ceiling is { } ceiling ? Round(ceiling) : null,
    };

    private static double Round(double value) => Math.Round(value, 3);
}
