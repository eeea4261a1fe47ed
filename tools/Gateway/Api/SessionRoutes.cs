using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/session</c> and <c>/v1/welcome</c>: coming in with a browser, going out, and who is it.</summary>
internal static class SessionRoutes
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/session", SignInAsync)
            .WithName("SignIn")
            .WithSummary("Signs a browser in by name and password; the answer carries its cookie.")
            .CanRefuseSignIn();
        routes.MapPost("/v1/welcome", WelcomeAsync)
            .WithName("UseOneTimeLink")
            .WithSummary("Makes a sign-in by a one-time link, uses the link up, and signs in.")
            .CanRefuseSignIn()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapGet("/v1/session", Who)
            .WithName("GetSession")
            .WithSummary("Who makes this request, and what they may do.")
            .NeedsAny();
        routes.MapDelete("/v1/session", SignOut)
            .WithName("SignOut")
            .WithSummary("Signs this browser out, or everywhere.")
            .Produces(StatusCodes.Status204NoContent)
            .NeedsAny();
        routes.MapPut("/v1/session/password", ChangeAsync)
            .WithName("ChangePassword")
            .WithSummary("Gives whoever is signed in another password, and ends their other sessions.")
            .CanRefuseSignIn()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .NeedsAny();
    }

    private static async Task<IResult> SignInAsync(SignIn wish, HttpContext context, AccessDoor door) =>
        Answer(context, await door.SignInAsync(context, wish.Name, wish.Password));

    private static async Task<IResult> WelcomeAsync(Welcome wish, HttpContext context, AccessDoor door) =>
        Answer(context, await door.WelcomeAsync(context, wish.Code, wish.Name, wish.Password));

    private static async Task<IResult> ChangeAsync(PasswordChange wish, HttpContext context, AccessDoor door) =>
        Answer(context, await door.ChangePasswordAsync(context, wish.Current, wish.Fresh));

    private static Ok<Identity> Who(HttpContext context)
    {
        AccessPass pass = AccessPass.Of(context.User)!;
        return TypedResults.Ok(new Identity(pass.Name, pass.Kind, pass.Scopes));
    }

    private static NoContent SignOut(HttpContext context, AccessDoor door, bool everywhere = false)
    {
        door.SignOut(context, everywhere);
        return TypedResults.NoContent();
    }

    private static IResult Answer(HttpContext context, SignInOutcome result)
    {
        if (result.Wait > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(result.Wait.TotalSeconds)).ToString("D");
        }

        return result.IsSignedIn ? TypedResults.NoContent() : TypedResults.Problem(ApiProblem.Of(result));
    }

    private static RouteHandlerBuilder CanRefuseSignIn(this RouteHandlerBuilder route) => route
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Name and password.</summary>
    /// <param name="Name">The user's name.</param>
    /// <param name="Password">The password.</param>
    internal sealed record SignIn(string? Name, string? Password)
    {
        /// <summary>Neither: people type one where the other belongs.</summary>
        public override string ToString() => "";
    }

    /// <summary>A sign-in to be made.</summary>
    /// <param name="Code">What the one-time link ends with.</param>
    /// <param name="Name">1 to 32 of <c>A-Z a-z 0-9 . _ -</c>.</param>
    /// <param name="Password">10 to 128 characters.</param>
    internal sealed record Welcome(string? Code, string? Name, string? Password)
    {
        /// <summary>Never code or password.</summary>
        public override string ToString() => "";
    }

    /// <summary>Another password.</summary>
    /// <param name="Current">The one until now.</param>
    /// <param name="Fresh">The one from now on, 10 to 128 characters.</param>
    internal sealed record PasswordChange(string? Current, string? Fresh)
    {
        /// <summary>Neither.</summary>
        public override string ToString() => "";
    }

    /// <summary>Who makes a request.</summary>
    /// <param name="Name">The user's name, or the token's.</param>
    /// <param name="Kind">What they proved themselves with.</param>
    /// <param name="Scopes">What they may do.</param>
    internal sealed record Identity(string Name, PassKind Kind, IReadOnlyList<string> Scopes);
}
