using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/users</c>, <c>/v1/invitations</c> and <c>/v1/tokens</c>: who may come in, and with what.</summary>
internal static class PeopleRoutes
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        MapUsers(routes);
        routes.MapGet("/v1/tokens", (PeopleDesk desk) => TypedResults.Ok(new TokenList(desk.Tokens())))
            .WithName("ListTokens")
            .WithSummary("API tokens, without their secrets.")
            .Needs(AccessScope.People);
        routes.MapPost("/v1/tokens", CreateTokenAsync)
            .WithName("CreateToken")
            .WithSummary("Makes an API token; its code is shown this once.")
            .Produces<FreshToken>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.People);
        routes.MapDelete("/v1/tokens/{id:long}", async (long id, HttpContext context, PeopleDesk desk) =>
                Answer(await desk.RevokeTokenAsync(PassOf(context), id)))
            .WithName("RevokeToken")
            .WithSummary("Revokes an API token.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.People);
    }

    private static void MapUsers(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/users", (PeopleDesk desk) => TypedResults.Ok(new UserList(desk.Users())))
            .WithName("ListUsers")
            .WithSummary("Everybody who may sign in.")
            .Needs(AccessScope.People);
        routes.MapDelete("/v1/users/{name}", async (string name, HttpContext context, PeopleDesk desk) =>
                Answer(await desk.RemoveAsync(PassOf(context), name)))
            .WithName("RemoveUser")
            .WithSummary("Removes a user with their sessions, tokens and open invitations; the last owner stays.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.People);
        routes.MapDelete("/v1/users/{name}/sessions", (string name, HttpContext context, PeopleDesk desk) =>
                Answer(desk.SignOutEverywhere(PassOf(context), name)))
            .WithName("SignUserOut")
            .WithSummary("Signs a user out everywhere.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.People);
        routes.MapPost("/v1/invitations", InviteAsync)
            .WithName("Invite")
            .WithSummary("Makes a one-time link by which somebody makes their own sign-in; it is shown this once.")
            .Produces<FreshInvitation>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.People);
    }

    private static async Task<IResult> InviteAsync(Invitee invitee, HttpContext context, PeopleDesk desk)
    {
        (PeopleStatus status, string code, DateTimeOffset end) = await desk.InviteAsync(PassOf(context), invitee.Role);
        return status == PeopleStatus.Done
            ? TypedResults.Ok(new FreshInvitation(OwnerLink.PathOf(code), end))
            : Answer(status);
    }

    private static async Task<IResult> CreateTokenAsync(TokenWish wish, HttpContext context, PeopleDesk desk)
    {
        var (status, code, token) = await desk.CreateTokenAsync(PassOf(context), wish.Name, wish.Scopes, wish.Days);
        return status == PeopleStatus.Done
            ? TypedResults.Ok(new FreshToken(code!.Reveal(), token!))
            : Answer(status);
    }

    private static IResult Answer(PeopleStatus status) =>
        status == PeopleStatus.Done ? TypedResults.NoContent() : TypedResults.Problem(ApiProblem.Of(status));

    private static AccessPass PassOf(HttpContext context) => AccessPass.Of(context.User)!;

    /// <summary>Users.</summary>
    /// <param name="Users">In the order in which they came.</param>
    internal sealed record UserList(IReadOnlyList<UserReport> Users);

    /// <summary>Tokens.</summary>
    /// <param name="Tokens">The newest last.</param>
    internal sealed record TokenList(IReadOnlyList<TokenReport> Tokens);

    /// <summary>Somebody to be invited.</summary>
    /// <param name="Role">What they become.</param>
    internal sealed record Invitee(AccessRole Role = AccessRole.Viewer);

    /// <summary>An invitation, shown once.</summary>
    /// <param name="Path">The link, to be put behind the gateway's address.</param>
    /// <param name="End">From when on it is no longer good.</param>
    internal sealed record FreshInvitation(string Path, DateTimeOffset End);

    /// <summary>A token to be made.</summary>
    /// <param name="Name">What it is for, 1 to 64 characters.</param>
    /// <param name="Scopes">What it may do: <c>read</c>, <c>boards</c>, <c>money</c>, <c>settings</c>, <c>people</c>.
    /// </param>
    /// <param name="Days">How long it is good, 1 to 365; null for no end.</param>
    internal sealed record TokenWish(string? Name, IReadOnlyList<string>? Scopes, int? Days = null);

    /// <summary>A token, shown once.</summary>
    /// <param name="Code">What to send as <c>Authorization: Bearer</c>.</param>
    /// <param name="Token">The rest of it.</param>
    internal sealed record FreshToken(string Code, TokenReport Token);
}
