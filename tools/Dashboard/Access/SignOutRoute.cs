using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Dashboard.Access;

/// <summary><c>POST /sign-out</c>: the form that every page holds.</summary>
internal static class SignOutRoute
{
    public static IEndpointConventionBuilder MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async (HttpContext context, AccessDoor door) =>
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            door.SignOut(context, everywhere: form["everywhere"] == "true");
            return TypedResults.LocalRedirect(AccessHandler.SignInPath);
        }).WithMetadata(new PageLimits()).ExcludeFromDescription();
}
