using System.CommandLine;

namespace MicroFirmware.Micro.Owner;

/// <summary>Which boards an order is for: those that are named, those that a search finds, or all.</summary>
internal sealed class BoardChoice
{
    private readonly Argument<string[]> _devices = new("boards")
    {
        Description = "Their ids; or leave them out and search.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _text = Create("--text", "Boards with these words in name, id, group or chip.");
    private readonly Option<string?> _group = Create("--group", "Boards of this group; '' for those without one.");
    private readonly Option<string?> _state = Create("--state", "Boards that do this, such as mining or paused.");
    private readonly Option<string?> _chip = Create("--chip", "Boards with this chip, such as esp32c3.");
    private readonly Option<string?> _kind = Create("--kind", "board, or miner for those on Stratum.");
    private readonly Option<bool> _all = new("--all") { Description = "Every board there is." };

    /// <summary>Adds what is needed to search.</summary>
    public void AddSearchTo(Command command)
    {
        foreach (Option<string?> option in (Option<string?>[])[_text, _group, _state, _chip, _kind])
        {
            command.Add(option);
        }
    }

    /// <summary>Adds what is needed to name or to search.</summary>
    public void AddTo(Command command)
    {
        command.Add(_devices);
        AddSearchTo(command);
        command.Add(_all);
    }

    /// <summary>The search as a query of <c>GET /v1/boards</c>; empty for all.</summary>
    public string ToQuery(ParseResult parsed) => string.Concat(Search(parsed)
        .Where(one => one.Value is not null).Select(one => $"&{one.Name}={Uri.EscapeDataString(one.Value!)}"));

    /// <summary>As <c>POST /v1/runs</c> takes it.</summary>
    /// <exception cref="CommandFailure">No board is meant, or it is said in two ways.</exception>
    public (string[]? Devices, Dictionary<string, string?>? Where) Read(ParseResult parsed)
    {
        string[] devices = parsed.GetValue(_devices) ?? [];
        Dictionary<string, string?> where = Search(parsed).Where(one => one.Value is not null)
            .ToDictionary(one => one.Name, one => one.Value);
        int ways = (devices.Length > 0 ? 1 : 0) + (where.Count > 0 ? 1 : 0) + (parsed.GetValue(_all) ? 1 : 0);
        return ways == 1
            ? (devices.Length > 0 ? devices : null, devices.Length > 0 ? null : where)
            : throw new CommandFailure(ExitCode.Usage,
                ways == 0 ? "no board is meant" : "boards are meant in two ways at once",
                "name boards, or search them by --group, --state, --chip, --text or --kind, or write --all");
    }

    private (string Name, string? Value)[] Search(ParseResult parsed) =>
    [
        ("text", parsed.GetValue(_text)), ("group", parsed.GetValue(_group)), ("state", parsed.GetValue(_state)),
        ("chip", parsed.GetValue(_chip)), ("kind", parsed.GetValue(_kind)),
    ];

    private static Option<string?> Create(string name, string description) =>
        new(name) { Description = description, HelpName = name[2..] };
}
