using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace MicroFirmware.Dashboard.Layout;

/// <summary>
/// An address that does not exist, asked for by a person: <see cref="NotFoundPage"/> with status 404. A program, and
/// who asks below an address that programs use, gets a problem (RFC 9457) as ever.
/// </summary>
internal static class NotFoundRoute
{
    public static void UseNotFoundPage(this WebApplication app)
    {
        Lazy<Map> map = new(() => Map.Of(app.Services.GetRequiredService<EndpointDataSource>()));
        app.UseWhen(context => IsLost(context, map), lost =>
        {
            lost.Use((context, next) =>
            {
                context.SetEndpoint(map.Value.Page);

                // Not before: a page that is 404 when it begins is not drawn.
                context.Response.OnStarting(() =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
                return next(context);
            });
            lost.UseAuthorization();
        });
    }

    private static bool IsLost(HttpContext context, Lazy<Map> map) => context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && PrefersPages(context.Request)
        && !map.Value.IsForPrograms(context.Request.Path);

    private static bool PrefersPages(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(type => type.Quality ?? 1).FirstOrDefault() is { } first
        && first.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the routes say, read once: they do not change.</summary>
    private sealed record Map(Endpoint Page, IReadOnlySet<string> Programs)
    {
        public static Map Of(EndpointDataSource routes)
        {
            ILookup<bool, RouteEndpoint> all = routes.Endpoints.OfType<RouteEndpoint>()
                .ToLookup(route => PageOf(route) is not null);
            HashSet<string> programs = all[false].Select(route => FirstOf($"/{route.RoutePattern.RawText}"))
                .Where(first => !first.StartsWith('{')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            programs.ExceptWith(all[true].Select(route => FirstOf($"/{route.RoutePattern.RawText}")));
            return new Map(all[true].First(route => PageOf(route) == typeof(NotFoundPage)), programs);
        }

        public bool IsForPrograms(PathString path) => Programs.Contains(FirstOf(path.Value ?? ""));

        private static Type? PageOf(Endpoint route) => route.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;

        private static string FirstOf(string path) =>
            path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
    }
}
