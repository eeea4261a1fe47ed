using System.CommandLine;
using System.CommandLine.Parsing;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Micro.Boards;
using MicroFirmware.Micro.Fleet;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro;

/// <summary><c>micro board</c>: virtual boards on any gateway.</summary>
internal static class BoardCommand
{
    private const string DefaultKeyFile = "boards.keys";
    private const int MostBoards = 10_000;

    private static readonly Option<GatewayAddress> s_gateway = new("--gateway", "-g")
    {
        Description = "The gateway: host, host:http-port or host:http-port:mqtt-port.",
        HelpName = "address",
        DefaultValueFactory = _ => new GatewayAddress(
            "127.0.0.1", GatewayAddress.DefaultHttpPort, GatewayAddress.DefaultMqttPort, false),
        CustomParser = ParseGateway,
    };

    private static readonly Option<FileInfo> s_keys = new("--keys", "-k")
    {
        Description = "The boards' ids and keys; made if it is not there.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo(DefaultKeyFile),
    };

    private static readonly Option<int> s_boards = IntegerOption.Create(
        "--boards", "-n", "How many boards a new key file gets.", 1, MostBoards, 1);

    private static readonly Option<BoardIdentity?> s_identity = new("--identity", "-i")
    {
        Description = "One board instead of a key file: its id, a colon, its key in 64 hexadecimal digits.",
        HelpName = "id:key",
        CustomParser = ParseIdentity,
    };

    private static readonly Option<DirectoryInfo?> s_state = new("--state", "-s")
    {
        Description = "Folder where boards keep their counters; in memory if left out.",
        HelpName = "folder",
    };

    private static readonly Option<TimeSpan?> s_duration = DurationOption.Create(
        "--duration", "-d", "How long, such as 30s or 5m; until Ctrl-C if left out.");

    private static readonly Option<double?> s_hashRate = HashRateOption.Create(
        "--hash-rate", "-r", "Most hashes per second of one board, such as 200 or 350k; by default all boards together "
        + "take a third of this machine.");

    private static readonly Option<string?> s_chip = ChipOption.Create();

    private static readonly Option<FileInfo?> s_authority = new("--authority", "-a")
    {
        Description = "The gateway's authority.pem: boards come by TLS and believe nobody else.",
        HelpName = "file",
    };

    private static readonly Option<bool> s_serial = new("--serial")
    {
        Description = "One board as it comes out of the box, with its console on a serial port of this machine: it "
            + "knows no gateway until micro configure tells it. With --state it keeps what it was told.",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("board",
            "Runs virtual boards, which are the firmware's own code, on a gateway until Ctrl-C.",
            new CommandExample("board", "one board on this machine's gateway; makes boards.keys"),
            new CommandExample("board --boards 10 --keys ten.keys", "ten boards, with new keys in ten.keys"),
            new CommandExample("board --gateway 192.168.1.20 --authority authority.pem", "a gateway in the house"),
            new CommandExample("board --serial --state hall", "a board for micro configure and micro monitor"),
            new CommandExample("board --hash-rate 200 --state state", "as slow as a stock image, counters kept"))
        {
            s_gateway, s_keys, s_boards, s_identity, s_state, s_duration, s_hashRate, s_chip, s_authority, s_serial,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        if (parsed.GetValue(s_serial))
        {
            var serial = new SerialRun(parsed.GetValue(s_state)?.FullName, parsed.GetValue(s_chip),
                parsed.GetValue(s_hashRate), terminal.Output, TimeProvider.System);
            return (int)await serial.RunAsync(parsed.GetValue(s_duration), stop);
        }

        byte[]? authority = parsed.GetValue(s_authority) is { } file ? BoardAuthority.Read(file.FullName) : null;
        GatewayAddress gateway = parsed.GetValue(s_gateway)!;
        var options = new BoardsOptions(
            authority is null ? gateway : BoardAuthority.Secure(gateway),
            authority,
            IdentitiesOf(parsed, terminal),
            parsed.GetValue(s_duration),
            parsed.GetValue(s_hashRate),
            parsed.GetValue(s_chip),
            parsed.GetValue(s_state)?.FullName);
        var view = new PlainFleetView(terminal.Output);
        FleetOutcome outcome = await new BoardsRun(options, view, TimeProvider.System).RunAsync(stop);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(outcome);
        return (int)outcome.ExitCode;
    }

    private static IReadOnlyList<BoardIdentity> IdentitiesOf(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(s_identity) is { } one)
        {
            return [one];
        }

        FileInfo file = parsed.GetValue(s_keys)!;
        if (file.Exists)
        {
            return KeyFile.Read(file.FullName);
        }

        IReadOnlyList<BoardIdentity> made = KeyFile.Create(file.FullName, parsed.GetValue(s_boards));
        terminal.Output.WriteLine($"{made.Count} new keys in {file}; register them: micro gateway --enrol {file}");
        return made;
    }

    private static GatewayAddress? ParseGateway(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!GatewayAddressText.TryParse(text, out GatewayAddress? address))
        {
            result.AddError($"'{text}' is not a gateway; write host, host:8080 or host:8080:1883.");
        }

        return address;
    }

    private static BoardIdentity? ParseIdentity(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (KeyFile.TryParse(text.Replace(':', ' '), out BoardIdentity? identity))
        {
            return identity;
        }

        // The text is not repeated: it may hold most of a key.
        result.AddError(
            "The identity is not an id of 1 to 32 characters of a-z 0-9 -, a colon and 64 hexadecimal digits.");
        return null;
    }
}
