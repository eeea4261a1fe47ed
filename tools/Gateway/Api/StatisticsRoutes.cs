using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/stats</c>: the gateway in figures.</summary>
internal static class StatisticsRoutes
{
    public static void MapStatistics(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/stats", (StatisticsDesk desk) => TypedResults.Ok(desk.Take()))
        .WithName("GetStatistics")
        .WithSummary("The whole gateway in figures, since it started.")
        .Needs(AccessScope.Read);
}
