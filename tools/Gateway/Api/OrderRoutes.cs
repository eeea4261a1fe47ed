using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/devices/{id}/command</c> and <c>…/revoke</c>: the owner's orders.</summary>
internal static class OrderRoutes
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/{id}/command", CommandAsync)
            .WithName("CommandDevice")
            .WithSummary("Sends a board a command, tagged for it alone and good once.")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Boards);
        routes.MapPost("/v1/devices/{id}/revoke", RevokeAsync)
            .WithName("RevokeDevice")
            .WithSummary("Refuses a board from now on, and cuts it off.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Boards);
    }

    private static async Task<IResult> CommandAsync(
        string id, Order order, OrderDesk desk, CancellationToken cancel)
    {
        if (order.ToCommand() is not { } command)
        {
            return TypedResults.Problem(ApiProblem.BadCommand());
        }

        OrderResult result = await desk.SendAsync(id, command, cancel);
        return result == OrderResult.Sent
            ? TypedResults.Accepted((string?)null)
            : TypedResults.Problem(ApiProblem.Of(result));
    }

    private static async Task<IResult> RevokeAsync(string id, OrderDesk desk, CancellationToken cancel) =>
        await desk.RevokeAsync(id, cancel)
            ? TypedResults.NoContent()
            : TypedResults.Problem(ApiProblem.NoSuchDevice());
}
