using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// The cookie of a session: not for scripts, not for others' pages. Over TLS it has the prefix <c>__Host-</c>, which
/// browsers keep a neighbour on the same machine name from setting (RFC 6265bis §4.1.3.2).
/// </summary>
internal static class SessionCookie
{
    /// <summary>Its name over TLS.</summary>
    public const string TlsName = "__Host-micro-session";

    /// <summary>Its name in plain text.</summary>
    public const string PlainName = "micro-session";

    /// <summary>The secret that a request brings; empty for none.</summary>
    public static string Read(HttpRequest request) => request.Cookies[NameOn(request)] ?? "";

    /// <summary>Gives a browser its secret.</summary>
    public static void Write(HttpContext context, string secret, TimeSpan life) =>
        context.Response.Cookies.Append(NameOn(context.Request), secret, Options(context.Request, life));

    /// <summary>Takes it back.</summary>
    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameOn(context.Request), Options(context.Request, null));

    private static string NameOn(HttpRequest request) => request.IsHttps ? TlsName : PlainName;

    // Lax: a link to the dashboard finds its reader signed in. What changes anything is checked by its origin.
    private static CookieOptions Options(HttpRequest request, TimeSpan? life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
    };
}
