using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MicroFirmware.Emulator.Miners;

namespace MicroFirmware.Micro;

/// <summary><c>micro miner</c>: virtual Stratum miners on any server.</summary>
internal static class MinerCommand
{
    private const int MostMiners = 10_000;
    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(5);

    private static readonly Option<(string Host, int Port)> s_server = new("--server", "-g")
    {
        Description = "The Stratum server: host or host:port.",
        HelpName = "address",
        DefaultValueFactory = _ => ("127.0.0.1", MinerSettings.DefaultPort),
        CustomParser = ParseServer,
    };

    private static readonly Option<string> s_user = new("--user", "-u")
    {
        Description = "Payout address or account; each miner is a worker of it, numbered from 1.",
        HelpName = "account",
        DefaultValueFactory = _ => "micro",
    };

    private static readonly Option<string> s_password = new("--password", "-p")
    {
        Description = "The password, which may hold settings such as d=0.001.",
        HelpName = "text",
        DefaultValueFactory = _ => "x",
    };

    private static readonly Option<int> s_miners = IntegerOption.Create(
        "--miners", "-n", "How many miners, each on a connection of its own.", 1, MostMiners, 1);

    private static readonly Option<TimeSpan?> s_duration = DurationOption.Create(
        "--duration", "-d", "How long, such as 30s or 5m; until Ctrl-C if left out.");

    private static readonly Option<double?> s_hashRate = HashRateOption.Create(
        "--hash-rate", "-r", "Most hashes per second of one miner, such as 200 or 350k; by default all that is there.");

    private static readonly Option<bool> s_versions = new("--version-rolling")
    {
        Description = "Negotiates version rolling, as chips with many cores need it.",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("miner",
            "Runs virtual Stratum v1 miners, on a gateway or a pool, until Ctrl-C.",
            new CommandExample("miner", "one miner on this machine's gateway, port 3333"),
            new CommandExample("miner --miners 5 --hash-rate 50k --duration 5m", "five slow ones"),
            new CommandExample("miner --server pool.example:3333 --user bc1q... --password d=0.001", "anywhere"))
        {
            s_server, s_user, s_password, s_miners, s_duration, s_hashRate, s_versions,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        (string host, int port) = parsed.GetValue(s_server);
        StratumMiner[] miners = [.. Enumerable.Range(1, parsed.GetValue(s_miners)).Select(number => new StratumMiner(
            new MinerSettings(host, port, $"{parsed.GetValue(s_user)}.{number}", parsed.GetValue(s_password)!,
                parsed.GetValue(s_hashRate), RollsVersions: parsed.GetValue(s_versions)),
            TimeProvider.System))];
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (parsed.GetValue(s_duration) is { } duration)
        {
            end.CancelAfter(duration);
        }

        Task running = Task.WhenAll(miners.Select(miner => Task.Run(() => miner.RunAsync(end.Token))));
        using (PeriodicTimer timer = new(s_report))
        {
            while (await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask()) != running)
            {
                terminal.Output.WriteLine(Sum(miners));
            }
        }

        terminal.Output.WriteLine(Sum(miners));
        bool any = miners.Any(miner => miner.Figures.Accepted > 0);
        return (int)(any ? ExitCode.Success : miners.All(miner => miner.Figures.Jobs == 0)
            ? ExitCode.Unreachable
            : ExitCode.NotProven);
    }

    private static string Sum(StratumMiner[] miners)
    {
        MinerFigures[] all = [.. miners.Select(miner => miner.Figures)];
        string error = all.Select(f => f.LastError).FirstOrDefault(text => text.Length > 0) is { } last
            ? $", last error: {last}"
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{all.Count(f => f.Connected)} of {all.Length} mining, {all.Sum(f => f.Hashes)} hashes, "
            + $"{all.Sum(f => f.Accepted)} shares accepted, {all.Sum(f => f.Rejected)} rejected{error}");
    }

    private static (string, int) ParseServer(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? text : text[..colon];
        int port = MinerSettings.DefaultPort;
        bool isPort = colon < 0
            || (ushort.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out ushort read)
                && (port = read) > 0);
        if (host.Length == 0 || !isPort)
        {
            result.AddError($"'{text}' is not a server; write host or host:3333.");
        }

        return (host, port);
    }
}
