using System.CommandLine;
using System.Globalization;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Micro;

/// <summary>
/// <c>micro sign-in</c>: a one-time link for the owner, made in the gateway's data directory, whether it runs or not.
/// </summary>
internal static class SignInCommand
{
    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("sign-in",
            "Makes a link with which the owner makes a sign-in for the gateway's pages, or sets another password. Good "
            + "once, and for a while. Run it on the gateway's machine, in its folder and with its settings.",
            new CommandExample("sign-in", "for the gateway whose data is in ./data"),
            new CommandExample("sign-in --Storage:DataDirectory=/srv/micro", "for another"));
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Run(parsed, terminal));
        return command;
    }

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        GatewayOptions options = GatewayCommand.Configure([.. parsed.UnmatchedTokens]);
        string folder = Path.GetFullPath(options.Storage.DataDirectory);
        if (!Directory.Exists(folder))
        {
            throw new CommandFailure(ExitCode.Configuration, $"no gateway has its data in {folder}",
                "start it once, or say where its data is: --Storage:DataDirectory=…");
        }

        string path = OwnerLink.PathOf(Make(folder, options.Access.LinkLife));
        string address = options.Http.Port == 0 ? "http://<the gateway's address>"
            : $"http://127.0.0.1:{options.Http.Port}";
        terminal.Output.WriteLine(address + path);
        DateTimeOffset end = TimeProvider.System.GetLocalNow() + options.Access.LinkLife;
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"good once, until {end:d MMMM HH:mm}; from another machine by TLS, port {options.Http.TlsPort}"));
        return (int)ExitCode.Success;
    }

    private static string Make(string folder, TimeSpan life)
    {
        try
        {
            return new OwnerLink(folder, TimeProvider.System).Create(life);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Configuration, e.Message,
                "run it as the user whose gateway it is", e);
        }
    }
}
