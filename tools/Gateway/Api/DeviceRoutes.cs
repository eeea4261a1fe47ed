using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/devices</c>: the fleet, device by device.</summary>
internal static class DeviceRoutes
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/devices", List)
            .WithName("ListDevices")
            .WithSummary("Registered devices in the order of their enrolment, a page at a time.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/devices/{id}", One)
            .WithName("GetDevice")
            .WithSummary("One device.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
    }

    private static Results<Ok<DevicePage>, ProblemHttpResult> List(
        DeviceRegistry registry, GatewayClock clock, int from = 0, int limit = DefaultLimit)
    {
        if (from < 0 || limit is < 1 or > MaxLimit)
        {
            return TypedResults.Problem(from < 0
                ? ApiProblem.BadParameter(nameof(from), "0 or more")
                : ApiProblem.BadParameter(nameof(limit), $"1 to {MaxLimit}"));
        }

        IReadOnlyList<Device> page = registry.Page(from, limit);
        int end = from + page.Count;
        int total = registry.Count;
        TimeSpan now = clock.Now;
        return TypedResults.Ok(new DevicePage(
            [.. page.Select(device => DeviceReport.Of(device, now))], total, end < total ? end : null));
    }

    private static Results<Ok<DeviceReport>, ProblemHttpResult> One(
        DeviceRegistry registry, GatewayClock clock, string id) => registry.Find(id) is { } device
        ? TypedResults.Ok(DeviceReport.Of(device, clock.Now))
        : TypedResults.Problem(ApiProblem.NoSuchDevice());
}
