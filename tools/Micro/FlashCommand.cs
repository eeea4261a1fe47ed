using System.CommandLine;
using MicroFirmware.Hardware;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Micro.Flash;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro;

/// <summary><c>micro flash</c>: brings runtime, application and settings onto a board with the user's nanoff.</summary>
internal static class FlashCommand
{
    private const string DefaultImage = "firmware/Device/bin/packages/Debug/netnano1.0/MicroFirmware.Device.bin";

    private static readonly Option<string?> s_port = PortOption.Create();

    private static readonly Option<string?> s_board = new("--board", "-b")
    {
        Description = "The board, by its id in hardware/boards; by default what its USB socket says, if that is one.",
        HelpName = "id",
    };

    private static readonly Option<string?> s_target = File(
        "--target", "nanoff's target, if not the board's own.", "name");
    private static readonly Option<string?> s_clr = File(
        "--clr-file", "A nanoCLR image of your own, such as one with the native scanner.", "file");
    private static readonly Option<string?> s_image = File(
        "--image", $"The application; by default {DefaultImage}, if it is there.", "file");
    private static readonly Option<string?> s_files = File(
        "--files", "The file deployment that micro configure --write-files wrote: files.json.", "file");
    private static readonly Option<string?> s_network = File(
        "--network", "The network deployment that micro configure --write-files wrote: network.json.", "file");
    private static readonly Option<string?> s_nanoff = File(
        "--nanoff", "The program; by default nanoff on the path.", "file");
    private static readonly Option<bool> s_erase = Flag("--mass-erase", "Erases the whole flash first.");
    private static readonly Option<bool> s_keep = Flag("--keep-runtime", "Leaves the nanoCLR on the board as it is.");
    private static readonly Option<bool> s_dryRun = Flag("--dry-run", "Prints the commands instead of running them.");
    private static readonly Option<bool> s_list = Flag("--list", "Lists the ports, and the boards each may be.");

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("flash",
            "Finds the board, and runs nanoff with the right target and arguments: runtime, application, network and "
            + "settings. nanoff is .NET nanoFramework's own tool: dotnet tool install -g nanoff.",
            new CommandExample("flash --list", "what is plugged in"),
            new CommandExample("flash --board esp32-devkitc", "runtime and application"),
            new CommandExample("flash --board xiao-esp32s3 --clr-file nanoCLR.bin", "with the native scanner"),
            new CommandExample("flash --files hall/files.json --network hall/network.json", "settings too"),
            new CommandExample("flash --dry-run", "only says what it would run"))
        {
            s_port, s_board, s_target, s_clr, s_image, s_files, s_network, s_nanoff, s_erase, s_keep, s_dryRun, s_list,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        IReadOnlyList<SerialPortInfo> ports = SerialPortList.Read();
        if (parsed.GetValue(s_list))
        {
            List(ports, terminal.Output);
            return (int)ExitCode.Success;
        }

        SerialPortInfo port = PortOption.Choose(parsed.GetValue(s_port), ports);
        FlashOptions options = OptionsOf(parsed, port);
        terminal.Output.WriteLine($"{options.Board.Name} on {PortOption.Describe(port)}, {options.Board.Chip.Name}");
        if (options.Image is null)
        {
            terminal.Output.WriteLine("no application is built yet, so none is written: "
                + "dotnet build firmware/Device -p:NanoPackages=true");
        }

        var run = new FlashRun(options, terminal.Output, TimeProvider.System);
        if (parsed.GetValue(s_dryRun))
        {
            run.Print();
            return (int)ExitCode.Success;
        }

        await run.RunAsync(stop);
        terminal.Output.WriteLine(options.Files is null ? "next:  micro configure" : "next:  micro monitor");
        return (int)ExitCode.Success;
    }

    private static FlashOptions OptionsOf(ParseResult parsed, SerialPortInfo port) => new(
        parsed.GetValue(s_nanoff) ?? Nanoff.DefaultName,
        BoardChoice.Choose(parsed.GetValue(s_board), port),
        parsed.GetValue(s_target),
        port.Name,
        parsed.GetValue(s_clr),
        parsed.GetValue(s_image) ?? (System.IO.File.Exists(DefaultImage) ? DefaultImage : null),
        parsed.GetValue(s_files),
        parsed.GetValue(s_network),
        parsed.GetValue(s_erase),
        parsed.GetValue(s_keep));

    private static void List(IReadOnlyList<SerialPortInfo> ports, TextWriter output)
    {
        foreach (SerialPortInfo port in ports)
        {
            IReadOnlyList<Board> boards = PortOption.BoardsOn(port);
            output.WriteLine(PortOption.Describe(port));
            foreach (Board board in boards)
            {
                output.WriteLine($"  {board.Id,-22} {board.Name}, {board.Chip.Name}, nanoff target {board.Nanoff}");
            }
        }

        if (ports.Count == 0)
        {
            output.WriteLine("no serial port is there: plug the board in with a cable that carries data");
        }
    }

    private static Option<string?> File(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
