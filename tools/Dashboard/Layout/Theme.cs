using MicroFirmware.Dashboard.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Dashboard.Layout;

/// <summary>Light, dark, or as the system has it: a cookie, because the first octets of a page depend on it.</summary>
internal static class Theme
{
    private const string Cookie = "theme";
    private static readonly TimeSpan s_life = TimeSpan.FromDays(365);

    /// <summary>What may be chosen; the first is the default.</summary>
    public static readonly string[] All = ["auto", "light", "dark"];

    /// <summary>What the browser that asks has chosen.</summary>
    public static string Of(HttpRequest request) => Known(request.Cookies[Cookie]);

    /// <summary><c>/theme?to=dark&amp;back=/boards</c>: keeps the choice and goes back.</summary>
    public static IEndpointConventionBuilder MapTheme(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/theme", (HttpContext context, string? to, string? back) =>
        {
            context.Response.Cookies.Append(Cookie, Known(to), new CookieOptions
            {
                MaxAge = s_life,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            });
            return TypedResults.LocalRedirect(LocalPath.Of(back));
        }).ExcludeFromDescription();

    private static string Known(string? theme) => All.Contains(theme) ? theme! : All[0];
}
