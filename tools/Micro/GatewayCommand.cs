using System.CommandLine;
using System.Net;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Micro.Boards;
using MicroFirmware.Micro.Paywalls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Micro;

/// <summary><c>micro gateway</c>: a gateway of one's own.</summary>
internal static class GatewayCommand
{
    private const string ChainFile = "chain.blocks";

    private static readonly Option<FileInfo?> s_enrol = new("--enrol", "-e")
    {
        Description = "A key file; every board in it is registered at the start.",
        HelpName = "file",
    };

    private static readonly Option<Uri?> s_site = PaywallOption.CreateSite("--paywall-to");
    private static readonly Option<long> s_price = PaywallOption.CreatePrice("--paywall-price");
    private static readonly Option<IPEndPoint> s_listen = PaywallOption.CreateListen("--paywall-listen");

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("gateway",
            "Runs a gateway until Ctrl-C; its pages are at http://127.0.0.1:8080/. Settings come from "
            + "appsettings.json in this folder, from settings.json in the data directory (what was set on the "
            + "pages), from environment variables such as MICRO_HTTP__PORT, and from the command line as "
            + "--Section:Key=value; the last one counts.",
            new CommandExample("gateway", "this machine only; 8080 and 1883, over TLS 8443 and 8883"),
            new CommandExample("gateway --enrol boards.keys", "and the boards of that file may mine"),
            new CommandExample("gateway --Http:Address=0.0.0.0 --Mqtt:Address=0.0.0.0", "reachable over TLS"),
            new CommandExample("gateway --Http:TlsPort=9443 --Storage:DataDirectory=/srv/micro", "elsewhere"),
            new CommandExample("gateway --Shares:Interval=10s", "a share per board every ten seconds"),
            new CommandExample("gateway --Upstreams:0:Url=stratum+tcp://pool.example:3333 --Upstreams:0:User=bc1q.name",
                "work from a pool; stratum+ssl:// for TLS, :Password where the pool wants one"),
            new CommandExample("gateway --Upstreams:0:Url=http://127.0.0.1:8332 --Upstreams:0:CookieFile=.cookie "
                + "--Upstreams:0:PayoutAddress=bc1q", "work from your own node; :Coin for another coin than bitcoin"),
            new CommandExample("gateway --Upstreams:0:Url=… --Upstreams:1:Kind=embedded",
                "several, the first healthy one counts; appsettings.json takes them as a list"),
            new CommandExample("gateway --paywall-to http://127.0.0.1:8000 --paywall-price 50msat",
                "boards read that site for what they have earned"),
            new CommandExample("upstream test stratum+tcp://pool.example:3333 --user bc1q.name",
                "whether an upstream works"))
        {
            s_enrol, s_site, s_price, s_listen,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        FileInfo? enrol = parsed.GetValue(s_enrol);
        GatewayOptions options = Configure([.. parsed.UnmatchedTokens]);
        IReadOnlyList<BoardIdentity> boards = enrol is null ? [] : KeyFile.Read(enrol.FullName);
        FileChainStore? chain = null;
        try
        {
            await using LocalGateway gateway = await LocalGateway.StartAsync(
                options, () => chain = OpenChain(options.Storage.DataDirectory), TimeProvider.System, LogTo);
            GatewayHost host = gateway.Host;
            await EnrolAsync(host, boards);
            terminal.Output.WriteLine("work comes from "
                + string.Join(", or else ", gateway.Upstream.Reports().Select(report => report.Name)));
            terminal.Output.WriteLine($"gateway ready: work at http://{host.HttpEndPoint}/v1/work, "
                + $"MQTT at {host.MqttEndPoint}, {host.Devices.Count} boards registered, "
                + $"data in {Path.GetFullPath(options.Storage.DataDirectory)}");
            using ServiceNotice notice = new(Environment.GetEnvironmentVariable, TimeProvider.System);
            TellTrust(host, terminal.Output, isLogged: notice.IsHeard);
            await using WebApplication? paywall = await GatewayPaywall.StartAsync(host, parsed.GetValue(s_site),
                parsed.GetValue(s_price), parsed.GetValue(s_listen)!, terminal.Output);
            notice.Ready();

            await UntilStoppedAsync(stop);
        }
        finally
        {
            chain?.Dispose();
        }

        terminal.Output.WriteLine("gateway stopped");
        return (int)ExitCode.Success;
    }

    private static void TellTrust(GatewayHost host, TextWriter output, bool isLogged)
    {
        if (host.HttpTlsEndPoint is { } tls)
        {
            output.WriteLine($"over TLS: work at https://{tls}/v1/work, MQTT at {host.MqttTlsEndPoint}");
        }

        if (host.NewOwnerToken is { } token)
        {
            // A console forgets, a journal does not; the link below is over within the hour.
            output.WriteLine(isLogged ? "owner token: shown on a console only; make API tokens on the page People"
                : $"owner token, shown this once: {token.Reveal()}");
        }

        if (host.WelcomePath is { } path)
        {
            output.WriteLine($"make your sign-in with this link, good once: http://{host.HttpEndPoint}{path}");
        }

        if (host.Devices.Count == 0)
        {
            output.WriteLine("no board may mine yet: micro configure --token <owner token> enrols one");
        }
    }

    /// <summary>The settings of a gateway, as this command reads them.</summary>
    /// <exception cref="CommandFailure">One of them is wrong.</exception>
    public static GatewayOptions Configure(string[] settings)
    {
        try
        {
            return GatewayConfiguration.Load(settings, Directory.GetCurrentDirectory());
        }
        catch (ConfigurationException e)
        {
            throw new CommandFailure(ExitCode.Configuration, e.Message, "correct it; micro gateway --help", e);
        }
    }

    private static FileChainStore OpenChain(string folder)
    {
        try
        {
            OwnerFile.CreateFolder(folder);
            return new FileChainStore(Path.Combine(folder, ChainFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message,
                "stop the gateway that uses the folder, or choose another: --Storage:DataDirectory", e);
        }
    }

    private static async Task EnrolAsync(GatewayHost host, IReadOnlyList<BoardIdentity> boards)
    {
        foreach (BoardIdentity board in boards)
        {
            EnrolResult result = await host.EnrolAsync(board.Id, board.Key);
            if (result is not (EnrolResult.Enrolled or EnrolResult.AlreadyEnrolled))
            {
                throw new CommandFailure(ExitCode.Configuration, $"{board.Id} cannot be registered: {result}",
                    "correct the key file, or give the board another id");
            }
        }
    }

    /// <summary>The gateway's own words; of the web server below it only what is wrong.</summary>
    private static void LogTo(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)

        // It warns that its keys lie unencrypted: they lie beside the boards' keys, readable by their owner only.
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });

    private static async Task UntilStoppedAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }
}
