using System.CommandLine;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Micro.Monitor;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro;

/// <summary><c>micro monitor</c>: what a board says, as it says it.</summary>
internal static class MonitorCommand
{
    private static readonly Option<string?> s_port = PortOption.Create();

    private static readonly Option<int> s_baud = new("--baud", "-b")
    {
        Description = "The line's rate.",
        HelpName = "rate",
        DefaultValueFactory = _ => SerialPort.DefaultBaudRate,
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        s_baud.AcceptOnlyFromAmong("9600", "19200", "38400", "57600", "115200", "230400", "460800", "921600");
        var command = new ExampledCommand("monitor",
            "Shows a board's console with the time of each line, says why the board restarted, and comes back when the "
            + "cable does. What you type goes to the board: help lists its commands.",
            new CommandExample("monitor", "the only board that is plugged in"),
            new CommandExample("monitor --port /dev/ttyUSB0 > board.log", "into a file"))
        {
            s_port, s_baud,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        SerialPortInfo port = PortOption.Choose(parsed.GetValue(s_port), SerialPortList.Read());
        int baud = parsed.GetValue(s_baud);
        var run = new MonitorRun(
            port.Name, () => SerialPort.Open(port.Name, baud), terminal.Output, TimeProvider.System);
        if (terminal.IsInteractive && !Console.IsInputRedirected)
        {
            new Thread(() => Listen(run)) { IsBackground = true }.Start();
        }

        try
        {
            await Task.Run(() => run.Run(stop), CancellationToken.None);
            return (int)ExitCode.Success;
        }
        catch (IOException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "micro monitor --help", e);
        }
    }

    private static void Listen(MonitorRun run)
    {
        while (Console.In.ReadLine() is { } line)
        {
            run.Type(line);
        }
    }
}
