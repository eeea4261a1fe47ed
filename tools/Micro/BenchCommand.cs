using System.CommandLine;
using MicroFirmware.Hardware;
using MicroFirmware.Micro.Bench;

namespace MicroFirmware.Micro;

/// <summary><c>micro bench</c>: what every scanner costs on every chip, in the emulated chips.</summary>
internal static class BenchCommand
{
    private static readonly Option<string?> s_chip = new("--chip", "-c")
    {
        Description = "One chip only: " + string.Join(", ", HardwareCatalog.Chips.Select(chip => chip.Id)) + ".",
        HelpName = "id",
    };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "A JSON array of objects: chip, kernel, instructions, accesses, cycles, hazards, "
            + "khs { low, mid, high }, ceiling (the rate as a share of it), published (kH/s).",
    };

    private static readonly Option<bool> s_write = new("--write")
    {
        Description = "Also renew chart and table in hardware/README.md of the checkout around the current folder.",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        ExampledCommand command = new("bench",
            "Runs every native scanner's machine code in the emulated chips: instructions, engine accesses, cycles and "
            + "hazards per nonce, and the hash rate that follows.",
            new CommandExample("bench", "all chips and kernels as a table"),
            new CommandExample("bench --chip esp32s3 --json", "one chip, for a script"),
            new CommandExample("bench --write", "renew the figures in hardware/README.md"))
        {
            s_chip, s_json, s_write,
        };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, terminal, stop)));
        return command;
    }

    private static int Run(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        IReadOnlyList<Chip> chips = Chips(parsed.GetValue(s_chip));
        if (parsed.GetValue(s_write) && parsed.GetValue(s_chip) is not null)
        {
            throw new CommandFailure(
                ExitCode.Usage, "--write renews all chips and cannot be used with --chip.", "leave out one of them");
        }
        string? hardware = parsed.GetValue(s_write) ? BenchPage.FindHardware(Environment.CurrentDirectory) : null;
        IReadOnlyList<BenchRow> rows = KernelBench.Run(chips, stop);
        IEnumerable<string> lines = parsed.GetValue(s_json)
            ? [BenchJson.Write(rows)]
            : [.. BenchTable.Lines(rows), "", .. BenchTable.Notes(chips)];
        foreach (string line in lines)
        {
            terminal.Output.WriteLine(line);
        }
        if (hardware is not null)
        {
            BenchPage.Write(hardware, chips, rows);
        }
        return (int)ExitCode.Success;
    }

    private static IReadOnlyList<Chip> Chips(string? id)
    {
        try
        {
            return id is null ? HardwareCatalog.Chips : [HardwareCatalog.Chip(id)];
        }
        catch (KeyNotFoundException unknown)
        {
            throw new CommandFailure(ExitCode.Usage, unknown.Message, "micro bench --help", unknown);
        }
    }
}
