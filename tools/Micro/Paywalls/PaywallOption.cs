using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace MicroFirmware.Micro.Paywalls;

/// <summary>The options that every paywall has, on its own or inside a gateway.</summary>
internal static class PaywallOption
{
    private const int DefaultPort = 8402;

    /// <summary>The site behind it; null if it is left out.</summary>
    public static Option<Uri?> CreateSite(string name, params string[] aliases) => new(name, aliases)
    {
        Description = "The site behind the paywall: an http or https URL.",
        HelpName = "url",
        CustomParser = ParseUrl,
    };

    /// <summary>The price of a page, in msat; 0 if it is left out.</summary>
    public static Option<long> CreatePrice(string name, params string[] aliases) => new(name, aliases)
    {
        Description = "What a page costs, such as 50msat or 2sat.",
        HelpName = "amount",
        CustomParser = ParsePrice,
    };

    /// <summary>Where readers come; loopback if it is left out.</summary>
    public static Option<IPEndPoint> CreateListen(string name, params string[] aliases) => new(name, aliases)
    {
        Description = "Where readers come: address:port. Anywhere but on this machine, put TLS in front of it.",
        HelpName = "address",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, DefaultPort),
        CustomParser = ParseEndPoint,
    };

    private static Uri? ParseUrl(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool isUrl = Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            && url.Query.Length == 0 && url.UserInfo.Length == 0;
        if (!isUrl)
        {
            result.AddError($"'{text}' is not a site; write http://host:port or https://host/folder.");
        }

        return isUrl ? url : null;
    }

    private static long ParsePrice(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!MsatText.TryParse(text, out long msat))
        {
            result.AddError($"'{text}' is not a price; write a whole number and a unit, such as 50msat or 2sat.");
        }

        return msat;
    }

    private static IPEndPoint ParseEndPoint(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && text.Contains(':'))
        {
            return endPoint;
        }

        result.AddError($"'{text}' is not an address; write address:port, such as 127.0.0.1:{DefaultPort}.");
        return new IPEndPoint(IPAddress.Loopback, DefaultPort);
    }
}
