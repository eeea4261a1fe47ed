using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Series;
using MicroFirmware.TimeSeries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/series/{metric}</c> and <c>/v1/devices/{id}/series/{metric}</c>: figures over time.</summary>
internal static class SeriesRoutes
{
    private const int DefaultMinutes = 24 * 60;
    private const int MostMinutes = 20 * 366 * 24 * 60;
    private const int DefaultPoints = 300;

    public static void MapSeries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/series/{metric}", (SeriesDesk desk, string metric, int? minutes, int? points) =>
                Answer(metric, minutes, points, desk.Fleet))
            .WithName("GetFleetSeries")
            .WithSummary("A figure of the whole fleet over the last minutes, in no more points than wanted.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/devices/{id}/series/{metric}", (
                SeriesDesk desk, string id, string metric, int? minutes, int? points) =>
                Answer(metric, minutes, points, (which, span, most) => desk.Board(id, which, span, most)))
            .WithName("GetDeviceSeries")
            .WithSummary("A figure of one device over the last minutes, in no more points than wanted.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
    }

    private static Results<Ok<SeriesPage>, ProblemHttpResult> Answer(
        string metric, int? minutes, int? points, Func<Metric, TimeSpan, int, SeriesChart?> read)
    {
        if (FleetMetrics.Find(metric) is not { } which)
        {
            return Refuse(nameof(metric), string.Join(", ", FleetMetrics.All.Select(known => known.Name)));
        }

        if (minutes is < 1 or > MostMinutes)
        {
            return Refuse(nameof(minutes), $"1 to {MostMinutes}");
        }

        if (points is < 1 or > SeriesStore.MaxPoints)
        {
            return Refuse(nameof(points), $"1 to {SeriesStore.MaxPoints}");
        }

        return read(which, TimeSpan.FromMinutes(minutes ?? DefaultMinutes), points ?? DefaultPoints) is { } chart
            ? TypedResults.Ok(SeriesPage.Of(chart))
            : TypedResults.Problem(ApiProblem.NoSuchDevice());
    }

    private static ProblemHttpResult Refuse(string parameter, string range) =>
        TypedResults.Problem(ApiProblem.BadParameter(parameter, range));
}
