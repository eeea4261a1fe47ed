using System.CommandLine;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro;

/// <summary><c>micro upstream test</c>: whether a pool or a node works, in plain words.</summary>
internal static class UpstreamCommand
{
    private static readonly Argument<string> s_url = new("url")
    {
        Description = "stratum+tcp://host:port or stratum+ssl://host:port for a pool, http://host:port for a node.",
    };

    private static readonly Option<string> s_user = new("--user", "-u")
    {
        Description = "A pool's worker, or a node's RPC user.",
        HelpName = "name",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<string> s_password = new("--password", "-p")
    {
        Description = "Its password. It is not shown; environment variable MICRO_UPSTREAM_PASSWORD keeps it out of the "
            + "shell's history too.",
        HelpName = "text",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MICRO_UPSTREAM_PASSWORD") ?? "",
    };

    private static readonly Option<string> s_cookie = new("--cookie")
    {
        Description = "A node's cookie file, instead of user and password.",
        HelpName = "file",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<string> s_coin = new("--coin")
    {
        Description = "A node's coin. Default: bitcoin.",
        HelpName = "name",
        DefaultValueFactory = _ => "bitcoin",
    };

    private static readonly Option<string> s_authority = new("--authority")
    {
        Description = "A PEM file of authorities, for a pool whose certificate the system does not know.",
        HelpName = "file",
        DefaultValueFactory = _ => "",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        ExampledCommand test = new("test",
            "Says whether an upstream works, and what it gives: difficulty, extranonce, version rolling, latency; of a "
            + "node chain, height and template. Nothing is submitted.",
            new CommandExample("upstream test stratum+tcp://pool.example:3333 --user bc1q.name", "a pool"),
            new CommandExample("upstream test stratum+ssl://pool.example:4333 --user bc1q.name", "a pool over TLS"),
            new CommandExample("upstream test http://127.0.0.1:8332 --cookie ~/.bitcoin/.cookie", "a node"),
            new CommandExample("upstream test http://127.0.0.1:14022 --user me --coin digibyte-sha256d",
                "a node of another coin"))
        {
            s_url, s_user, s_password, s_cookie, s_coin, s_authority,
        };
        test.SetAction((parsed, stop) => RunAsync(OptionsOf(parsed), terminal, stop));
        ExampledCommand command = new("upstream", "Pools and nodes that a gateway takes its work from.",
            new CommandExample("upstream test stratum+tcp://pool.example:3333 --user bc1q.name", "whether it works"),
            new CommandExample("gateway --help", "how a gateway is given its upstreams"))
        {
            test,
        };
        return command;
    }

    private static UpstreamOptions OptionsOf(ParseResult parsed) => new()
    {
        Url = parsed.GetRequiredValue(s_url),
        User = parsed.GetRequiredValue(s_user),
        Password = parsed.GetRequiredValue(s_password),
        CookieFile = parsed.GetRequiredValue(s_cookie),
        Coin = parsed.GetRequiredValue(s_coin),
        AuthorityFile = parsed.GetRequiredValue(s_authority),
    };

    private static async Task<int> RunAsync(UpstreamOptions options, Terminal terminal, CancellationToken stop)
    {
        UpstreamFindings findings;
        try
        {
            findings = await UpstreamTest.RunAsync(options, TimeProvider.System, stop);
        }
        catch (ConfigurationException e)
        {
            throw new CommandFailure(ExitCode.Configuration, e.Message, "micro upstream test --help", e);
        }

        foreach ((string topic, string finding) in findings.Details)
        {
            terminal.Output.WriteLine($"  {topic,-11} {finding}");
        }

        if (!findings.Works)
        {
            throw new CommandFailure(ExitCode.Unreachable, findings.Summary,
                "correct address and login, look at the other side's log, and try again");
        }

        terminal.Output.WriteLine(findings.Summary);
        return (int)ExitCode.Success;
    }
}
