using System.CommandLine;
using MicroFirmware.Hardware;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Consoles;

/// <summary>Which serial port the board is on: what the user says, or the only one that can be a board.</summary>
internal static class PortOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--port", "-p")
    {
        Description = "The board's serial port, such as /dev/ttyUSB0 or COM3; by default the only board that is "
            + "plugged in.",
        HelpName = "name",
    };

    /// <summary>The port to use.</summary>
    /// <param name="named">What the user says, or null.</param>
    /// <param name="ports">The ports that are there.</param>
    /// <exception cref="CommandFailure">There is none, or several.</exception>
    public static SerialPortInfo Choose(string? named, IReadOnlyList<SerialPortInfo> ports)
    {
        if (named is not null)
        {
            return ports.FirstOrDefault(port => port.Name == named) ?? new SerialPortInfo(named);
        }

        SerialPortInfo[] boards = [.. ports.Where(port => BoardsOn(port).Count > 0)];
        SerialPortInfo[] candidates = boards.Length > 0 ? boards : [.. ports];
        return candidates switch
        {
            [SerialPortInfo only] => only,
            [] => throw new CommandFailure(ExitCode.Unreachable, "no serial port is there",
                "plug the board in with a cable that carries data, or name its port with --port"),
            _ => throw new CommandFailure(ExitCode.Usage,
                "there are several ports: " + string.Join(", ", candidates.Select(Describe)), "choose one with --port"),
        };
    }

    /// <summary>The boards whose USB socket looks like this port.</summary>
    public static IReadOnlyList<Board> BoardsOn(SerialPortInfo port) =>
        port.UsbId is null ? [] : [.. HardwareCatalog.Boards.Where(board => board.Usb.Ids.Contains(port.UsbId))];

    /// <summary>The port and what is on it, as far as that is known.</summary>
    public static string Describe(SerialPortInfo port) => (port.UsbId, port.Product) switch
    {
        (null, _) => port.Name,
        (_, null) => $"{port.Name} ({port.UsbId})",
        _ => $"{port.Name} ({port.UsbId} {port.Product})",
    };
}
