using System.CommandLine;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro;

/// <summary>
/// <c>micro command</c>, <c>micro revoke</c> and <c>micro join</c>: the owner's orders, given to the gateway.
/// </summary>
internal static class OwnerCommands
{
    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();

    private static readonly Argument<string> s_device = new("device") { Description = "The board's id." };

    private static readonly Argument<string> s_order = new("order")
    {
        Description = "pause, resume, restart, identify, duty, gateway or update.",
    };

    private static readonly Argument<string?> s_value = new("value")
    {
        Description = "identify: seconds; duty: percent; gateway: host:http-port:mqtt-port; update: a release, or "
            + "nothing for the latest.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary><c>micro command</c>.</summary>
    public static Command CreateCommand(Terminal terminal)
    {
        var command = new ExampledCommand("command",
            "Gives a board an order through its gateway, tagged with the board's own key and good once.",
            new CommandExample("command board-1 pause", "stops scanning until resumed"),
            new CommandExample("command board-1 identify 30", "blinks for half a minute"),
            new CommandExample("command board-1 duty 50", "scans half of the time, until its next start"),
            new CommandExample("command board-1 update", "fetches the gateway's latest release"))
        {
            s_device, s_order, s_value, s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => OrderAsync(parsed, terminal, stop));
        return command;
    }

    /// <summary><c>micro revoke</c>.</summary>
    public static Command CreateRevoke(Terminal terminal)
    {
        var command = new ExampledCommand("revoke",
            "Shuts a stolen or lost board out: the gateway cuts it off and refuses its key from now on.",
            new CommandExample("revoke board-1 --gateway 192.168.1.20", "board-1 is refused; its credits stay"))
        {
            s_device, s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => RevokeAsync(parsed, terminal, stop));
        return command;
    }

    /// <summary><c>micro join</c>.</summary>
    public static Command CreateJoin(Terminal terminal)
    {
        var command = new ExampledCommand("join",
            "Makes a join code: whoever has it can enrol one board, for a while, without the owner token.",
            new CommandExample("join --gateway 192.168.1.20", "prints the code for micro configure --token"))
        {
            s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => JoinAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> OrderAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        string device = parsed.GetValue(s_device)!;
        string command = parsed.GetValue(s_order)!;
        string? typed = parsed.GetValue(s_value);
        bool isNumber = uint.TryParse(typed, out uint value);
        object order = new { command, value, text = isNumber ? null : typed };
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        await owner.PostAsync($"/v1/devices/{Uri.EscapeDataString(device)}/command", order, stop);
        terminal.Output.WriteLine($"{device}: {command} is on its way");
        return (int)ExitCode.Success;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        string device = parsed.GetValue(s_device)!;
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        await owner.PostAsync($"/v1/devices/{Uri.EscapeDataString(device)}/revoke", null, stop);
        terminal.Output.WriteLine($"{device} is revoked");
        return (int)ExitCode.Success;
    }

    private static async Task<int> JoinAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        System.Text.Json.JsonElement made = await owner.PostAsync("/v1/join-codes", null, stop);
        terminal.Output.WriteLine(made.GetProperty("code").GetString());
        terminal.Output.WriteLine($"good for one board until {made.GetProperty("end").GetString()}");
        return (int)ExitCode.Success;
    }

    private static Task<OwnerClient> ConnectAsync(ParseResult parsed, CancellationToken stop) =>
        OwnerClient.ConnectAsync(
            OwnerOptions.Read(parsed.GetValue(s_gateway), parsed.GetValue(s_plain)), parsed.GetValue(s_token), stop);
}
