using System.CommandLine;

namespace MicroFirmware.Micro;

/// <summary><c>micro demo</c>: a gateway and virtual boards in this process.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("demo", "Runs a demo until Ctrl-C.",
        new CommandExample("demo", "a gateway and four boards"));
}
