using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace MicroFirmware.Micro;

/// <summary>The command line: what exists, how it is parsed, and how every failure is told.</summary>
internal static class MicroCommandLine
{
    /// <summary>How long a command has to stop after Ctrl-C or SIGTERM: outstanding verdicts are waited for.</summary>
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(15);

    private static readonly CommandExample[] s_examples =
    [
        new("demo", "a gateway and four boards on this machine, until Ctrl-C"),
        new("demo --boards 200 --duration 60s --plain", "a fleet, one log line per event"),
        new("gateway --help", "what a gateway of your own needs"),
    ];

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        ParseResult parsed = CreateRoot(terminal).Parse(args);
        if (parsed.Errors.Count > 0 && !AsksForHelp(parsed))
        {
            return (int)ReportUsage(parsed, terminal);
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = s_stopTimeout,
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (CommandFailure failure)
        {
            terminal.Error.WriteLine($"error: {failure.Message}");
            terminal.Error.WriteLine($"next:  {failure.NextStep}");
            return (int)failure.ExitCode;
        }
    }

    /// <summary>
    /// A command rather than the library's root command, which would be named after the assembly's file.
    /// </summary>
    private static Command CreateRoot(Terminal terminal)
    {
        var root = new ExampledCommand("micro",
            "MicroFirmware: micro-mining on ESP32 boards, and the gateway that proves every share.", s_examples)
        {
            new HelpOption { Recursive = true },
            new VersionOption(),
            DemoCommand.Create(terminal),
            GatewayCommand.Create(terminal),
            UpstreamCommand.Create(terminal),
            BoardCommand.Create(terminal),
            BoardsCommand.Create(terminal),
            MinerCommand.Create(terminal),
            FlashCommand.Create(terminal),
            ConfigureCommand.Create(terminal),
            MonitorCommand.Create(terminal),
            UpdateCommand.Create(terminal),
            OwnerCommands.CreateCommand(terminal),
            OwnerCommands.CreateRevoke(terminal),
            OwnerCommands.CreateJoin(terminal),
            SignInCommand.Create(terminal),
            BenchCommand.Create(terminal),
            LedgerCommand.Create(terminal),
            BackupCommand.CreateBackup(terminal),
            BackupCommand.CreateRestore(terminal),
            PaywallCommand.Create(terminal),
            ProofCommand.Create(terminal),
            MoneyCommands.CreateBalance(terminal),
            MoneyCommands.CreatePay(terminal),
            EarningsCommand.Create(terminal),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var exampled = new ExampledHelp((HelpAction)help.Action!);
        help.Action = exampled;
        root.SetAction(exampled.Invoke);
        return root;
    }

    private static bool AsksForHelp(ParseResult parsed) => parsed.Action is ExampledHelp;

    private static ExitCode ReportUsage(ParseResult parsed, Terminal terminal)
    {
        foreach (ParseError error in parsed.Errors)
        {
            terminal.Error.WriteLine($"error: {error.Message}");
        }

        terminal.Error.WriteLine($"next:  micro {CommandPath(parsed)}--help");
        return ExitCode.Usage;
    }

    private static string CommandPath(ParseResult parsed) =>
        string.Concat(Ancestry(parsed.CommandResult).Reverse().Skip(1).Select(command => command + " "));

    private static IEnumerable<string> Ancestry(SymbolResult? result)
    {
        for (; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                yield return command.Command.Name;
            }
        }
    }
}
