using System.CommandLine;
using System.Net;
using MicroFirmware.Micro.Paywalls;

namespace MicroFirmware.Micro;

/// <summary><c>micro paywall</c>: a price in front of any site.</summary>
internal static class PaywallCommand
{
    private const int MostSiteLength = 64;
    private const int MostUses = 1_000_000;

    private static readonly TimeSpan s_defaultValidity = TimeSpan.FromHours(1);

    private static readonly Option<Uri?> s_to = PaywallOption.CreateSite("--to", "-t");
    private static readonly Option<long> s_price = PaywallOption.CreatePrice("--price", "-p");
    private static readonly Option<IPEndPoint> s_listen = PaywallOption.CreateListen("--listen", "-l");

    private static readonly Option<DirectoryInfo> s_data = new("--data", "-d")
    {
        Description = "Where its ledger, its secret and what was used up are kept.",
        HelpName = "folder",
        DefaultValueFactory = _ => new DirectoryInfo("paywall"),
    };

    private static readonly Option<string> s_site = new("--site", "-s")
    {
        Description = "Whose account is credited: site:NAME.",
        HelpName = "name",
        DefaultValueFactory = _ => "default",
    };

    private static readonly Option<string> s_covers = new("--covers", "-c")
    {
        Description = "What a token opens: the page that was asked for, or the whole site.",
        HelpName = "what",
        DefaultValueFactory = _ => "page",
    };

    private static readonly Option<int> s_uses = IntegerOption.Create(
        "--uses", "-u", "How many requests a token is good for; 0 for as many as one likes.", 0, MostUses, 0);

    private static readonly Option<TimeSpan?> s_validity = DurationOption.Create(
        "--valid", "-v", "How long a token is good, such as 10m or 24h; an hour if left out.");

    private static readonly Option<FileInfo?> s_payers = new("--payers")
    {
        Description = "A key file: boards that may pay with what the ledger in the folder owes them.",
        HelpName = "file",
    };

    private static readonly Option<bool> s_standIn = new("--stand-in")
    {
        Description = "Signs invoices with a key of its own that nobody can pay by Lightning: to try it.",
    };

    static PaywallCommand()
    {
        s_to.Required = s_price.Required = true;
        s_covers.AcceptOnlyFromAmong("page", "site");
        s_site.Validators.Add(result =>
        {
            string name = result.GetValueOrDefault<string>();
            if (name.Length is 0 or > MostSiteLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
            {
                result.AddError($"A site's name is 1 to {MostSiteLength} characters of a-z A-Z 0-9 - and dots.");
            }
        });
    }

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("paywall",
            "Puts a price in front of any site until Ctrl-C: a page is passed on when it is paid for, by Lightning "
            + "(L402) or with mined balance.",
            new CommandExample("paywall --to http://127.0.0.1:8000 --price 50msat --stand-in", "to try it"),
            new CommandExample("paywall --to http://127.0.0.1:8000 --price 1sat --payers boards.keys --data /srv/micro",
                "boards pay with their balance"),
            new CommandExample("paywall --to http://127.0.0.1:8000 --price 2sat --covers site --valid 24h --stand-in",
                "a day's pass"))
        {
            s_to, s_price, s_listen, s_data, s_site, s_covers, s_uses, s_validity, s_payers, s_standIn,
        };
        command.SetAction((parsed, stop) => PaywallRun.RunAsync(OptionsOf(parsed), terminal, stop));
        return command;
    }

    private static PaywallOptions OptionsOf(ParseResult parsed) => new(
        parsed.GetValue(s_to)!,
        parsed.GetValue(s_price),
        parsed.GetValue(s_listen)!,
        parsed.GetValue(s_data)!.FullName,
        parsed.GetValue(s_site)!,
        parsed.GetValue(s_covers) == "site",
        parsed.GetValue(s_uses) is > 0 and var uses ? uses : null,
        parsed.GetValue(s_validity) ?? s_defaultValidity,
        parsed.GetValue(s_payers)?.FullName,
        parsed.GetValue(s_standIn));
}
