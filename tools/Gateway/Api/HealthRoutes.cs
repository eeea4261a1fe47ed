using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/healthz</c>: 200 while shares can be taken, 503 and the reasons while not.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/healthz", Check)
        .WithName("GetHealth")
        .WithSummary("Whether shares can be taken; what is wrong when not.")
        .Produces<Health>()
        .Produces<Health>(StatusCodes.Status503ServiceUnavailable);

    private static JsonHttpResult<Health> Check(GroupCommit store, Journal ledger)
    {
        string[] problems = [.. new[] { store.Fault, ledger.Fault }.OfType<StorageException>().Select(e => e.Message)];
        return TypedResults.Json(
            new Health(problems.Length == 0 ? "healthy" : "unhealthy", problems),
            statusCode: problems.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>How the gateway is.</summary>
    /// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
    /// <param name="Problems">What is wrong and what to do, a sentence each.</param>
    internal sealed record Health(string Status, IReadOnlyList<string> Problems);
}
