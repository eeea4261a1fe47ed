using System.CommandLine;

namespace MicroFirmware.Micro;

/// <summary><c>micro demo</c>: a gateway and virtual boards in this process, on this machine only.</summary>
internal static class DemoCommand
{
    /// <summary>Few enough to read each row, enough to be a fleet.</summary>
    private const int DefaultBoards = 4;

    /// <summary>What the memory of one process and the ports of one host carry without tuning.</summary>
    private const int MostBoards = 10_000;

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        Option<int> boards = IntegerOption.Create(
            "--boards", "-n", "How many virtual boards.", 1, MostBoards, DefaultBoards);
        Option<TimeSpan?> duration = DurationOption.Create(
            "--duration", "-d", "How long, such as 30s or 5m; until Ctrl-C if left out.");
        var plain = new Option<bool>("--plain")
        {
            Description = "Log lines instead of a table; the default where the output is not a terminal.",
        };
        var command = new ExampledCommand("demo",
            "Starts a gateway and virtual boards that run the firmware's own code, and shows what they mine. "
            + "Everything is on this machine and gone at the end.",
            new CommandExample("demo", "four boards until Ctrl-C"),
            new CommandExample("demo --duration 30s --plain", "half a minute, as log lines"),
            new CommandExample("demo --boards 200 --duration 60s", "a fleet"))
        {
            boards, duration, plain,
        };
        return command;
    }
}
