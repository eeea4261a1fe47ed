using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro;

/// <summary><c>micro boards</c>: a gateway's boards, many at once. (<c>micro command</c> is for one.)</summary>
internal static class BoardsCommand
{
    private const int BoardsAtOnce = 500;

    private static readonly BoardChoice s_choice = new();
    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();
    private static readonly Argument<string> s_device = new("board") { Description = "The board's id." };
    private static readonly Option<string?> s_name = new("--name") { Description = "A name for people; '' for none." };
    private static readonly Option<string?> s_group = new("--group") { Description = "Its group; '' for none." };

    private static readonly Argument<uint> s_seconds = new("seconds") { Description = "1 to 3600." };
    private static readonly Argument<uint> s_percent = new("percent") { Description = "1 to 100." };
    private static readonly Argument<string> s_into = new("group") { Description = "The group; '' for none." };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("boards",
            "A gateway's boards, many at once: each gets its answer, and those that did not take it are listed.",
            new CommandExample("boards list --state mining", "id, name, group, state and proven rate of each"),
            new CommandExample("boards pause --group Attic", "every board of a group stops scanning"),
            new CommandExample("boards duty 50 --all", "all scan half of the time"),
            new CommandExample("boards label board-1 --name Kitchen", "what one of them is called"))
        {
            CreateList(terminal), CreateLabel(terminal),
            CreateDeed(terminal, "identify", "Has boards blink.", s_seconds),
            CreateDeed(terminal, "pause", "Has boards stop scanning until resumed."),
            CreateDeed(terminal, "resume", "Has boards scan again."),
            CreateDeed(terminal, "restart", "Has boards start anew."),
            CreateDeed(terminal, "duty", "Has boards scan for a part of the time, until their next start.", s_percent),
            CreateDeed(terminal, "update", "Has boards fetch the update that the gateway offers."),
            CreateDeed(terminal, "group", "Puts boards into a group.", s_into),
            CreateDeed(terminal, "revoke", "Shuts boards out: their keys are refused from now on."),
            CreateDeed(terminal, "restore", "Lets revoked boards in again, with the keys they had."),
        };
        return command;
    }

    private static Command CreateList(Terminal terminal)
    {
        Command command = new("list", "Lists boards: id, name, group, state, proven hashes a second.");
        s_choice.AddSearchTo(command);
        AddOwner(command);
        command.SetAction((parsed, stop) => ListAsync(parsed, terminal, stop));
        return command;
    }

    private static Command CreateLabel(Terminal terminal)
    {
        Command command = new("label", "Gives a board a name and a group; what is left out stays.")
        {
            s_device, s_name, s_group,
        };
        AddOwner(command);
        command.SetAction((parsed, stop) => LabelAsync(parsed, terminal, stop));
        return command;
    }

    private static Command CreateDeed(Terminal terminal, string name, string description, Argument? what = null)
    {
        Command command = new(name, description);
        if (what is not null)
        {
            command.Add(what);
        }

        s_choice.AddTo(command);
        AddOwner(command);
        command.SetAction((parsed, stop) => RunAsync(parsed, name, what, terminal, stop));
        return command;
    }

    private static void AddOwner(Command command)
    {
        command.Add(s_gateway);
        command.Add(s_token);
        command.Add(s_plain);
    }

    private static async Task<int> ListAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        for (int? from = 0; from is { } start;)
        {
            JsonElement page = await owner.GetAsync(
                $"/v1/boards?from={start}&limit={BoardsAtOnce}{s_choice.ToQuery(parsed)}", stop);
            foreach (JsonElement board in page.GetProperty("boards").EnumerateArray())
            {
                terminal.Output.WriteLine(Line(board));
            }

            JsonElement next = page.GetProperty("next");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt32() : null;
        }

        return (int)ExitCode.Success;
    }

    private static async Task<int> LabelAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        string device = parsed.GetValue(s_device)!;
        (string? name, string? group) = (parsed.GetValue(s_name), parsed.GetValue(s_group));
        if (name is null && group is null)
        {
            throw new CommandFailure(ExitCode.Usage, "nothing to change", "give --name, --group or both");
        }

        using OwnerClient owner = await ConnectAsync(parsed, stop);
        await owner.SetAsync($"/v1/devices/{Uri.EscapeDataString(device)}/label", new { name, group }, stop);
        terminal.Output.WriteLine($"{device} is labelled");
        return (int)ExitCode.Success;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string what, Argument? with, Terminal terminal, CancellationToken stop)
    {
        (string[]? devices, Dictionary<string, string?>? where) = s_choice.Read(parsed);
        object wish = new
        {
            @do = what,
            value = with is Argument<uint> number ? parsed.GetValue(number) : 0,
            text = with is Argument<string> text ? parsed.GetValue(text) : null,
            devices,
            where,
        };
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        return (int)await BoardRun.RunAsync(owner, wish, terminal.Output, stop);
    }

    private static string Line(JsonElement board) => string.Create(CultureInfo.InvariantCulture,
        $"{Text(board, "id"),-32}  {Text(board, "name"),-20}  {Text(board, "group"),-16}  {Text(board, "state"),-10}  "
        + $"{board.GetProperty("provenHashesPerSecond").GetDouble():0} H/s");

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Task<OwnerClient> ConnectAsync(ParseResult parsed, CancellationToken stop) =>
        OwnerClient.ConnectAsync(
            OwnerOptions.Read(parsed.GetValue(s_gateway), parsed.GetValue(s_plain)), parsed.GetValue(s_token), stop);
}
