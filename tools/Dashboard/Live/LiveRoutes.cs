using MicroFirmware.Dashboard.Assets;
using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Dashboard.Live;

/// <summary>
/// <c>/live</c>: the heartbeat as server-sent events (WHATWG HTML §9.2). An event carries the release of the pages and
/// nothing else; what has changed a page fetches itself, with its own query and its reader's own rights.
/// </summary>
internal static class LiveRoutes
{
    // A home has a few screens; more are refused, so that streams cannot take the connections that boards need.
    private const int MostListeners = 100;

    /// <summary>Whether a page asks for what has changed on it: it needs its <c>&lt;main&gt;</c> only.</summary>
    public static bool IsRefresh(HttpRequest request) => request.Headers.ContainsKey("X-Live");

    public static IEndpointConventionBuilder MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/live", ServeAsync).ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(
        HttpContext context, FleetPulse pulse, AssetShelf shelf, PassWatch passes)
    {
        using IDisposable? seat = pulse.Listen(MostListeners);
        if (seat is null)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        using PassLease lease = passes.Follow(context);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        byte[] beat = System.Text.Encoding.ASCII.GetBytes($"data: {shelf.Release}\n\n");
        try
        {
            while (true)
            {
                await context.Response.Body.WriteAsync(beat, lease.Token);
                await context.Response.Body.FlushAsync(lease.Token);
                await pulse.NextAsync(lease.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The page was closed, its reader is signed out, or the gateway stops.
            return EmptyHttpResult.Instance;
        }
    }
}
