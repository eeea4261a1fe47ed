using System.CommandLine;
using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro;

/// <summary>
/// Which scanner virtual boards use: the managed one, or a chip's machine code in that chip, emulated.
/// </summary>
internal static class ChipOption
{
    /// <summary>Expected hashes of the easiest share that a native scanner finds every one of.</summary>
    public const ulong LeastShareWork = 1 << 16;

    /// <summary>The option; null for the managed scanner.</summary>
    public static Option<string?> Create()
    {
        string[] chips = [.. HardwareCatalog.Chips.Select(chip => chip.Id)];
        var option = new Option<string?>("--chip", "-c")
        {
            Description = "Scan with the native scanner's machine code in this chip, emulated: "
                + $"{string.Join(", ", chips)}; with the managed scanner if left out.",
            HelpName = "chip",
        };
        option.AcceptOnlyFromAmong(chips);
        return option;
    }

    /// <summary>A scanner of its own for one board.</summary>
    /// <param name="chip">A chip's id, or null.</param>
    public static INonceScanner CreateScanner(string? chip) =>
        chip is null ? new UnrolledScanner() : new ChipScanner(HardwareCatalog.Chip(chip));
}
