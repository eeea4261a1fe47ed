using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// <c>/v1/boards</c>: everything that mines, searched and sorted; a device's shares, and letting one in again.
/// </summary>
internal static class BoardRoutes
{
    public static void MapBoardList(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/boards", List)
            .WithName("ListBoards")
            .WithSummary("Boards and miners, searched, filtered and sorted, a page at a time.")
            .InPages(most: BoardCatalogue.MaxRows)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/devices/{id}/shares", Shares)
            .WithName("ListShares")
            .WithSummary("A device's last shares, the newest first, as they stand in the store.")
            .InPages(most: ShareHistory.MaxShares)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapPost("/v1/devices/{id}/restore", RestoreAsync)
            .WithName("RestoreDevice")
            .WithSummary("Lets a revoked device in again, with the key it had.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Boards);
    }

    private static Results<Ok<BoardList>, ProblemHttpResult> List(
        BoardCatalogue catalogue, [AsParameters] BoardChoice choice, [AsParameters] PageFrom page)
    {
        string? wrong = choice.Read(out BoardQuery query);
        if (wrong is not null)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(wrong, choice.RangeOf(wrong)));
        }

        BoardPage found = catalogue.Find(query, page.Start(), page.Count());
        return TypedResults.Ok(new BoardList(
            [.. found.Rows.Select(BoardReport.Of)], found.Matching, found.Total, found.ProvenHashesPerSecond,
            page.Next(found.Rows.Count, found.Matching)));
    }

    private static Results<Ok<ShareList>, ProblemHttpResult> Shares(
        string id, DeviceRegistry registry, ShareHistory history, [AsParameters] PageBefore page)
    {
        if (registry.Find(id) is null)
        {
            return TypedResults.Problem(ApiProblem.NoSuchDevice());
        }

        IReadOnlyList<ProvenShare> shown = history.Last(id, page.Count(), page.Before);
        return TypedResults.Ok(new ShareList(
            [.. shown.Select(share => new ShareReport(
                share.Received, share.Verdict.ToString(), share.Difficulty, share.Job, share.Nonce, share.Sequence))],
            page.Next(shown, share => (long)share.Sequence)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(
        string id, OrderDesk desk, CancellationToken cancel) => await desk.RestoreAsync(id, cancel)
        ? TypedResults.NoContent()
        : TypedResults.Problem(ApiProblem.NoSuchDevice());

    /// <summary>A page of boards.</summary>
    /// <param name="Boards">The boards.</param>
    /// <param name="Matching">How many were found.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="ProvenHashesPerSecond">What all that were found prove together.</param>
    /// <param name="Next">What to give as <c>from</c> for the next page; null on the last one.</param>
    internal sealed record BoardList(
        IReadOnlyList<BoardReport> Boards, int Matching, int Total, double ProvenHashesPerSecond, int? Next);

    /// <summary>Shares.</summary>
    /// <param name="Shares">The newest first.</param>
    /// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
    internal sealed record ShareList(IReadOnlyList<ShareReport> Shares, long? Next);

    /// <summary>A share as it stands in the store.</summary>
    /// <param name="Received">When it came.</param>
    /// <param name="Verdict">What became of it.</param>
    /// <param name="Difficulty">What it was credited with; 0 where it was not.</param>
    /// <param name="Job">Its job.</param>
    /// <param name="Nonce">Its nonce.</param>
    /// <param name="Sequence">Its number, of this device's shares.</param>
    internal sealed record ShareReport(
        DateTimeOffset Received, string Verdict, double Difficulty, ulong Job, uint Nonce, ulong Sequence);
}
