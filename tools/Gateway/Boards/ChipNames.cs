using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Boards;

/// <summary>
/// What a board computes with: what its owner said when it was added, else the name of its scanner's kernel, which
/// begins with the chip's id; of a Stratum miner the program it says it is.
/// </summary>
internal static class ChipNames
{
    private const char Separator = '-';

    private static readonly Dictionary<string, string> s_chipOfBoard =
        Hardware.HardwareCatalog.Boards.ToDictionary(board => board.Id, board => board.Chip.Id);

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_chips =
        Hardware.HardwareCatalog.Chips.ToDictionary(chip => chip.Id, chip => chip.Id)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The chip's id or the program; empty where nobody said.</summary>
    /// <param name="model">The board's id in hardware/boards; empty where nobody said.</param>
    /// <param name="activity">What is known since the start.</param>
    public static string Of(string model, DeviceActivity? activity) =>
        s_chipOfBoard.TryGetValue(model, out string? chip) ? chip
        : activity?.Telemetry?.Scanner is { } scanner ? OfScanner(scanner)
        : activity?.Agent ?? "";

    private static string OfScanner(ReadOnlySpan<char> scanner)
    {
        int end = scanner.IndexOf(Separator);
        return s_chips.TryGetValue(end < 0 ? scanner : scanner[..end], out string? chip) ? chip : "";
    }
}
