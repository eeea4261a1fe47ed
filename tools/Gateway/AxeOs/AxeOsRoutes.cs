using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.AxeOs;

/// <summary>
/// <c>/api/system/info</c>, the gateway as programs made for a Bitaxe see it, and <c>/axeos/{id}/api/system/info</c>,
/// each board. Not part of <c>/v1</c>: its shape is somebody else's. It asks for no token, as those programs have no
/// place for one, and any page may read it, as AxeOS's own Swarm page does from the address of another miner; therefore
/// it is served only where the owner says so.
/// </summary>
internal static class AxeOsRoutes
{
    public static void MapAxeOs(this IEndpointRouteBuilder routes, MetricsOptions options)
    {
        if (!options.AxeOs)
        {
            return;
        }

        RouteGroupBuilder group = routes.MapGroup("").ExcludeFromDescription();
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
            return next(context);
        });
        group.MapGet("/api/system/info", (AxeOsDesk desk) => TypedResults.Ok(desk.OfAll()));
        group.MapGet("/axeos/{id}/api/system/info", One);
    }

    private static Results<Ok<AxeOsInfo>, ProblemHttpResult> One(string id, AxeOsDesk desk) =>
        desk.Of(id) is { } info ? TypedResults.Ok(info) : TypedResults.Problem(ApiProblem.NoSuchDevice());
}
