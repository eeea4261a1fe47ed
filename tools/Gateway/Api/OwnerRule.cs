using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary>Keeps everybody but the owner, or also holders of a join code, out of a route.</summary>
internal static class OwnerRule
{
    /// <summary>Only with the owner's token.</summary>
    public static RouteHandlerBuilder OwnerOnly(this RouteHandlerBuilder route) => route.Require(OwnerAccess.Owner);

    /// <summary>With the owner's token or a join code.</summary>
    public static RouteHandlerBuilder OwnerOrJoin(this RouteHandlerBuilder route) => route.Require(OwnerAccess.Join);

    private static RouteHandlerBuilder Require(this RouteHandlerBuilder route, OwnerAccess least) => route
        .AddEndpointFilter(async (invocation, next) =>
        {
            HttpContext context = invocation.HttpContext;
            OwnerAccess access = context.RequestServices.GetRequiredService<OwnerGate>().Judge(context);
            if (access >= least)
            {
                context.Features.Set<OwnerPass>(new OwnerPass(access));
                return await next(invocation);
            }

            if (access == OwnerAccess.TooManyFailures)
            {
                context.Response.Headers.RetryAfter = ((int)FailureBudget.Window.TotalSeconds).ToString("D");
            }

            return TypedResults.Problem(ApiProblem.Of(access));
        })
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>What the rule found out about a request that passed it.</summary>
    internal sealed record OwnerPass(OwnerAccess Access);
}
