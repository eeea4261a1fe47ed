using System.Text.RegularExpressions;

namespace MicroFirmware.Micro.Monitor;

/// <summary>Says in plain words what a line means that a board writes while it starts, or stops.</summary>
internal static partial class BootText
{
    /// <summary>
    /// The ROM's words for why a chip was reset (ESP-IDF, esp_rom reset reasons), by what they begin with.
    /// </summary>
    private static readonly (string Word, string Meaning)[] s_reasons =
    [
        ("POWERON", "power was switched on, or the reset pin was pulled"),
        ("SW_", "the firmware restarted itself"),
        ("RTC_SW_", "the firmware restarted itself"),
        ("RTCWDT_BROWN_OUT", "the supply voltage fell: try another cable, socket or supply"),
        ("BROWN_OUT", "the supply voltage fell: try another cable, socket or supply"),
        ("DEEPSLEEP", "the chip woke from deep sleep"),
        ("SDIO", "reset over SDIO"),
        ("USB_", "reset over USB"),
        ("TG0WDT", "a watchdog bit: the firmware hung"),
        ("TG1WDT", "a watchdog bit: the firmware hung"),
        ("RTCWDT", "the last watchdog bit: the chip hung early, or its flash is empty"),
        ("SUPER_WDT", "the super watchdog bit"),
    ];

    /// <summary>A sentence about a line, or null where it needs none.</summary>
    public static string? Explain(string line)
    {
        const string Boot = "# boot ";
        if (line.StartsWith(Boot, StringComparison.Ordinal))
        {
            return $"the board has started, firmware {line[Boot.Length..]}";
        }

        if (line.Contains("Guru Meditation Error", StringComparison.Ordinal))
        {
            return "the runtime crashed; the board restarts";
        }

        if (line.Contains("invalid header: 0xffffffff", StringComparison.Ordinal))
        {
            return "the flash is empty: micro flash";
        }

        if (line.Contains("waiting for download", StringComparison.Ordinal))
        {
            return "the boot loader waits for a flash tool: let go of the boot button and press reset";
        }

        Match reset = Reset().Match(line);
        return reset.Success ? $"reset: {ReasonOf(reset.Groups[1].Value)}" : null;
    }

    private static string ReasonOf(string word)
    {
        foreach ((string start, string meaning) in s_reasons)
        {
            if (word.StartsWith(start, StringComparison.Ordinal))
            {
                return meaning;
            }
        }

        return word;
    }

    [GeneratedRegex(@"\brst:0x[0-9a-f]+ \(([A-Z0-9_]+)\)")]
    private static partial Regex Reset();
}
