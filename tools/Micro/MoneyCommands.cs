using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro;

/// <summary><c>micro balance</c> and <c>micro pay</c>: what accounts hold at a gateway, and how it leaves them.
/// </summary>
internal static class MoneyCommands
{
    private const int AccountsAtOnce = 1_000;
    private const string Everything = "all";

    // What the node needs for a payment that finds no way at once; then it is better to look again later.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();

    private static readonly Argument<string?> s_one = new("account")
    {
        Description = "One account; all that hold money if it is left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> s_account = new("account")
    {
        Description = "Who pays, such as owner or device:board-1.",
    };

    private static readonly Argument<string> s_amount = new("amount")
    {
        Description = "How much, such as 500sat or 21000msat; or all, which leaves the fee.",
    };

    private static readonly Option<string?> s_to = new("--to")
    {
        Description = "A Lightning address, LNURL, invoice or node key; the account's own target if it is left out.",
        HelpName = "target",
    };

    private static readonly Option<bool> s_dryRun = new("--dry-run")
    {
        Description = "Says what would be paid, and pays nothing.",
    };

    static MoneyCommands() => s_amount.Validators.Add(Check);

    /// <summary><c>micro balance</c>.</summary>
    public static Command CreateBalance(Terminal terminal)
    {
        var command = new ExampledCommand("balance", "Shows what accounts hold, in millisatoshi.",
            new CommandExample("balance", "every account of the gateway on this machine"),
            new CommandExample("balance device:board-1 --gateway 192.168.1.20", "what one board has earned"))
        {
            s_one, s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => ShowAsync(parsed, terminal, stop));
        return command;
    }

    /// <summary><c>micro pay</c>.</summary>
    public static Command CreatePay(Terminal terminal)
    {
        var command = new ExampledCommand("pay", "Pays out of an account by Lightning, and says what became of it.",
            new CommandExample("pay device:board-1 all", "all of it, to the account's own target"),
            new CommandExample("pay owner 500sat --to me@example.com --dry-run", "only says whether it would be paid"))
        {
            s_account, s_amount, s_to, s_dryRun, s_gateway, s_token, s_plain,
        };
        command.SetAction((parsed, stop) => PayAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        if (parsed.GetValue(s_one) is { } name)
        {
            JsonElement account = await owner.GetAsync($"/v1/accounts/{Uri.EscapeDataString(name)}", stop);
            terminal.Output.WriteLine(Line(account));
            return (int)ExitCode.Success;
        }

        for (int? from = 0; from is { } start;)
        {
            JsonElement page = await owner.GetAsync($"/v1/accounts?from={start}&limit={AccountsAtOnce}", stop);
            foreach (JsonElement account in page.GetProperty("accounts").EnumerateArray())
            {
                if (account.GetProperty("unit").GetString() == "MSAT")
                {
                    terminal.Output.WriteLine(Line(account));
                }
            }

            JsonElement next = page.GetProperty("next");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt32() : null;
        }

        return (int)ExitCode.Success;
    }

    private static async Task<int> PayAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        object order = new
        {
            account = parsed.GetValue(s_account),
            target = parsed.GetValue(s_to),
            amountMsat = AmountOf(parsed.GetValue(s_amount)!),
            dryRun = parsed.GetValue(s_dryRun),
        };
        using OwnerClient owner = await ConnectAsync(parsed, stop);
        JsonElement payout = await owner.PostAsync("/v1/payouts", order, stop);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(s_patience);
        using PeriodicTimer again = new(s_between);
        try
        {
            while (Text(payout, "state") is "asking" or "sending" && await again.WaitForNextTickAsync(end.Token))
            {
                payout = await owner.GetAsync($"/v1/payouts/{payout.GetProperty("id")}", stop);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It goes on without us; what is known is told.
        }

        return (int)Tell(payout, terminal.Output);
    }

    /// <summary>Says what became of a payout, no more and no less.</summary>
    private static ExitCode Tell(JsonElement payout, TextWriter output)
    {
        string what = $"{payout.GetProperty("amountMsat")} msat from {Text(payout, "account")} to "
            + Text(payout, "target");
        (string told, ExitCode code) = Text(payout, "state") switch
        {
            "paid" => ($"paid: {what}, fee {payout.GetProperty("feeMsat")} msat", ExitCode.Success),
            "trial" => ($"would be paid: {what}. {Text(payout, "reason")}", ExitCode.Success),
            "returned" => ($"failed: {what}; the money is back. {Text(payout, "reason")}", ExitCode.NotProven),
            "awaitsApproval" => ($"waits for approval: {what}", ExitCode.NotProven),
            "asking" or "sending" => ($"not known yet: {what} is reserved. {Text(payout, "reason")}".TrimEnd(),
                ExitCode.NotProven),
            _ => ($"not sent: {what}. {Text(payout, "reason")}", ExitCode.NotProven),
        };
        output.WriteLine(told);
        if (code != ExitCode.Success)
        {
            output.WriteLine($"payout {payout.GetProperty("id")}: {Text(payout, "toDo")}");
        }

        return code;
    }

    private static string Line(JsonElement account) => string.Create(CultureInfo.InvariantCulture,
        $"{Text(account, "balance"),24} {Text(account, "unit"),-4}  {Text(account, "name")}");

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static void Check(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text != Everything && AmountOf(text) is null)
        {
            result.AddError($"'{text}' is not an amount; write all, or a number and a unit, such as 500sat or 50msat.");
        }
    }

    /// <summary>Null for all there is, or for what is no amount.</summary>
    private static long? AmountOf(string text) => MsatText.TryParse(text, out long msat) ? msat : null;

    private static Task<OwnerClient> ConnectAsync(ParseResult parsed, CancellationToken stop) =>
        OwnerClient.ConnectAsync(
            OwnerOptions.Read(parsed.GetValue(s_gateway), parsed.GetValue(s_plain)), parsed.GetValue(s_token), stop);
}
