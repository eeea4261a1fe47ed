using System.CommandLine;

namespace MicroFirmware.Micro;

/// <summary><c>micro board</c>: a board of one's own.</summary>
internal static class BoardCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("board", "Runs a board until Ctrl-C.",
        new CommandExample("board", "on this machine only, data in ./data"));
}
