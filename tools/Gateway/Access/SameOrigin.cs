using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Tells the gateway's own pages from others': a browser sends the cookie with whatever any page asks of it, and says
/// truthfully which page that was (Fetch Metadata <c>Sec-Fetch-Site</c>; <c>Origin</c>, RFC 6454, where it does not,
/// as over plain text).
/// </summary>
internal static class SameOrigin
{
    private const string SiteHeader = "Sec-Fetch-Site";
    private const string SameOriginSite = "same-origin";

    /// <summary>Whether a request may change something, or opens a channel by which one can.</summary>
    public static bool IsNeeded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.Count > 0;

    /// <summary>Whether a browser says that one of our own pages sent it. Without a word from a browser: no.</summary>
    public static bool IsSaid(HttpRequest request) => SaidSite(request) ?? IsOwnOrigin(request) ?? false;

    /// <summary>Whether a browser says that somebody else's page sent it.</summary>
    public static bool IsDenied(HttpRequest request) => (SaidSite(request) ?? IsOwnOrigin(request)) == false;

    private static bool? SaidSite(HttpRequest request)
    {
        string site = request.Headers[SiteHeader].ToString();
        return site.Length == 0 ? null : site == SameOriginSite;
    }

    private static bool? IsOwnOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            ? null
            : origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
