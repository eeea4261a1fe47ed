using System.CommandLine;
using MicroFirmware.Micro.Demo;
using MicroFirmware.Micro.Fleet;
using Spectre.Console;

namespace MicroFirmware.Micro;

/// <summary><c>micro demo</c>: a gateway and virtual boards in this process, on this machine only.</summary>
internal static class DemoCommand
{
    /// <summary>Few enough to read each row, enough to be a fleet.</summary>
    private const int DefaultBoards = 4;

    /// <summary>What the memory of one process and the ports of one host carry without tuning.</summary>
    private const int MostBoards = 10_000;

    private static readonly Option<int> s_boards = IntegerOption.Create(
        "--boards", "-n", "How many virtual boards.", 1, MostBoards, DefaultBoards);

    private static readonly Option<TimeSpan?> s_duration = DurationOption.Create(
        "--duration", "-d", "How long, such as 30s or 5m; until Ctrl-C if left out.");

    private static readonly Option<double?> s_hashRate = HashRateOption.Create(
        "--hash-rate", "-r", "Most hashes per second of one board, such as 200 or 350k; by default all boards together "
        + "take a third of this machine.");

    private static readonly Option<string?> s_chip = ChipOption.Create();

    private static readonly Option<bool> s_plain = new("--plain")
    {
        Description = "Log lines instead of a table; the default where the output is not a terminal.",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("demo",
            "Starts a gateway and virtual boards that run the firmware's own code, and shows what they mine. "
            + "Everything is on this machine and gone at the end.",
            new CommandExample("demo", "four boards until Ctrl-C"),
            new CommandExample("demo --duration 30s --plain", "half a minute, as log lines"),
            new CommandExample("demo --boards 200 --duration 60s", "a fleet"),
            new CommandExample("demo --hash-rate 200", "boards as slow as a stock image"),
            new CommandExample("demo --chip esp32", "the native scanner's machine code in emulated chips"))
        {
            s_boards, s_duration, s_hashRate, s_chip, s_plain,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        var options = new DemoOptions(
            parsed.GetValue(s_boards), parsed.GetValue(s_duration), parsed.GetValue(s_hashRate),
            parsed.GetValue(s_chip));
        FleetOutcome outcome = parsed.GetValue(s_plain) || !terminal.IsInteractive
            ? await new DemoRun(options, new PlainFleetView(terminal.Output), TimeProvider.System).RunAsync(stop)
            : await RunLiveAsync(options, terminal.CreateConsole(), stop);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(outcome);
        return (int)outcome.ExitCode;
    }

    private static Task<FleetOutcome> RunLiveAsync(
        DemoOptions options, IAnsiConsole console, CancellationToken stop) =>
        console.Live(new Text("starting")).StartAsync(live =>
            new DemoRun(options, new LiveFleetView(console, live), TimeProvider.System).RunAsync(stop));
}
