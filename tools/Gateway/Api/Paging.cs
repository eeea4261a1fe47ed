using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// The one way in which lists come a page at a time: by <see cref="PageFrom"/> or <see cref="PageBefore"/>, and every
/// page's <c>next</c> is what to give for the one after it. What is out of range is refused before a route sees it.
/// </summary>
internal static class Paging
{
    /// <summary>Entries of a page unless the request says how many.</summary>
    public const int Usual = 100;

    /// <summary>Entries of a page at most, unless the list says less.</summary>
    public const int Most = 1_000;

    /// <summary>The route's answer is a page of a list.</summary>
    /// <param name="route">A route that takes a <see cref="PageFrom"/> or a <see cref="PageBefore"/>.</param>
    /// <param name="usual">Entries of a page unless the request says how many.</param>
    /// <param name="most">Entries of a page at most.</param>
    public static RouteHandlerBuilder InPages(
        this RouteHandlerBuilder route, int usual = Usual, int most = Most) => route
        .WithMetadata(new PageSize(usual, most))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddEndpointFilter((invocation, next) =>
            invocation.Arguments.OfType<IPageChoice>().Single().Refuse(most) is { } problem
                ? ValueTask.FromResult<object?>(TypedResults.Problem(problem))
                : next(invocation));

    /// <summary>What is wrong with a limit; null for nothing.</summary>
    public static ProblemDetails? Refuse(int? limit, int most) =>
        limit is < 1 || limit > most ? ApiProblem.BadParameter("limit", $"1 to {most}") : null;
}
