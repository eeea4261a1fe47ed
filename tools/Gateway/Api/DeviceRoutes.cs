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
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/devices", List)
            .WithName("ListDevices")
            .WithSummary("Registered devices in the order of their enrolment, a page at a time.")
            .InPages()
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/devices/{id}", One)
            .WithName("GetDevice")
            .WithSummary("One device.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
    }

    private static Ok<DevicePage> List(DeviceRegistry registry, GatewayClock clock, [AsParameters] PageFrom page)
    {
        IReadOnlyList<Device> shown = registry.Page(page.Start(), page.Count());
        int total = registry.Count;
        TimeSpan now = clock.Now;
        return TypedResults.Ok(new DevicePage(
            [.. shown.Select(device => DeviceReport.Of(device, now))], total, page.Next(shown.Count, total)));
    }

    private static Results<Ok<DeviceReport>, ProblemHttpResult> One(
        DeviceRegistry registry, GatewayClock clock, string id) => registry.Find(id) is { } device
        ? TypedResults.Ok(DeviceReport.Of(device, clock.Now))
        : TypedResults.Problem(ApiProblem.NoSuchDevice());
}
