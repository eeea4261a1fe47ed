using System.CommandLine;
using System.CommandLine.Parsing;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Micro.Owner;

/// <summary>The options of every command that speaks to a gateway in its owner's name.</summary>
internal static class OwnerOptions
{
    private const string TokenVariable = "MICRO_TOKEN";

    /// <summary>The gateway; null if it is left out.</summary>
    public static Option<string?> CreateGateway() => new("--gateway", "-g")
    {
        Description = "The gateway's API: host or host:port; over TLS on port 8443 unless --plain.",
        HelpName = "address",
    };

    /// <summary>The owner token or a join code; from the environment if it is left out.</summary>
    public static Option<AccessCode?> CreateToken() => new("--token", "-t")
    {
        Description = "The gateway's owner token, or a join code; by default what MICRO_TOKEN in the environment says, "
            + "which other users of this machine cannot see.",
        HelpName = "code",
        DefaultValueFactory = _ => FromEnvironment(),
        CustomParser = Parse,
    };

    /// <summary>Whether TLS is left out.</summary>
    public static Option<bool> CreatePlain() => new("--plain")
    {
        Description = "Without TLS: everybody on the way can read and change what is sent. For this machine, or a "
            + "gateway with Tls:PlainText=true.",
    };

    /// <summary>The gateway as it was typed.</summary>
    /// <exception cref="CommandFailure">It is none.</exception>
    public static GatewayEndpoint Read(string? text, bool isPlain) =>
        GatewayEndpoint.TryParse(text ?? "127.0.0.1", isPlain, out GatewayEndpoint? endpoint)
            ? endpoint!
            : throw new CommandFailure(ExitCode.Usage, $"'{text}' is not a gateway",
                "write host or host:port, such as 192.168.1.20 or gateway.lan:8443");

    private static AccessCode? FromEnvironment() =>
        AccessCode.TryParse(Environment.GetEnvironmentVariable(TokenVariable) ?? "", out AccessCode? code)
            ? code
            : null;

    private static AccessCode? Parse(ArgumentResult result)
    {
        if (AccessCode.TryParse(result.Tokens[0].Value, out AccessCode? code))
        {
            return code;
        }

        // The text is not repeated: it may be most of a token.
        result.AddError(
            "The token is not one: 64 or 10 hexadecimal digits, a dash and 20 more, as the gateway showed it.");
        return null;
    }
}
