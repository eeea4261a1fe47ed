using MicroFirmware.Hardware;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Flash;

/// <summary>Which board is on a port: what the user says, or what its USB socket leaves no doubt about.</summary>
internal static class BoardChoice
{
    /// <summary>The board.</summary>
    /// <param name="named">An id of hardware/boards, or null.</param>
    /// <param name="port">The port it is on.</param>
    /// <exception cref="CommandFailure">There is no such board, or it may be one of several.</exception>
    public static Board Choose(string? named, SerialPortInfo port)
    {
        if (named is not null)
        {
            return HardwareCatalog.Boards.FirstOrDefault(board => board.Id == named)
                ?? throw new CommandFailure(
                    ExitCode.Usage, $"there is no board '{named}'", Known(HardwareCatalog.Boards));
        }

        IReadOnlyList<Board> boards = PortOption.BoardsOn(port);
        return boards switch
        {
            [Board only] => only,

            // One bridge sits on many boards: a wrong target would not start, so nobody guesses here.
            [_, ..] => throw new CommandFailure(ExitCode.Usage,
                $"{PortOption.Describe(port)} may be one of {boards.Count} boards", Known(boards)),
            _ => throw new CommandFailure(ExitCode.Usage,
                $"{PortOption.Describe(port)} does not say which board it is", Known(HardwareCatalog.Boards)),
        };
    }

    private static string Known(IEnumerable<Board> boards) =>
        "choose with --board: " + string.Join(", ", boards.Select(board => board.Id));
}
