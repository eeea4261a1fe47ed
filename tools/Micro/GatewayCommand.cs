using System.CommandLine;

namespace MicroFirmware.Micro;

/// <summary><c>micro gateway</c>: a gateway of one's own.</summary>
internal static class GatewayCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("gateway", "Runs a gateway until Ctrl-C.",
        new CommandExample("gateway", "on this machine only, data in ./data"));
}
