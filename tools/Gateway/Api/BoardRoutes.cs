using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// <c>/v1/boards</c> and <c>/v1/orders</c>: everything that mines, searched and sorted, what it is called, and orders
/// to many at once.
/// </summary>
internal static class BoardRoutes
{
    private const int MaxOrders = 1_000;
    private const int MaxBodyOctets = 64 * 1024;

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
        routes.MapPut("/v1/devices/{id}/label", LabelAsync)
            .WithName("LabelDevice")
            .WithSummary("Gives a device a name and a group for people.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Boards);
        routes.MapPost("/v1/devices/{id}/restore", RestoreAsync)
            .WithName("RestoreDevice")
            .WithSummary("Lets a revoked device in again, with the key it had.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Boards);
        routes.MapPost("/v1/orders", OrderAsync)
            .WithName("CommandDevices")
            .WithSummary($"Sends up to {MaxOrders} boards an order, with an answer for each.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
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

    private static async Task<Results<NoContent, ProblemHttpResult>> LabelAsync(
        string id, LabelWish wish, DeviceRegistry registry, CancellationToken cancel)
    {
        (string? name, string? group) = (BoardLabel.Read(wish.Name), BoardLabel.Read(wish.Group));
        if (name is null || group is null)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(
                name is null ? "name" : "group", $"up to {BoardLabel.MaxLength} characters"));
        }

        return await registry.LabelAsync(id, label => label with
            {
                Name = wish.Name is null ? label.Name : name,
                Group = wish.Group is null ? label.Group : group,
            }, cancel)
            ? TypedResults.NoContent()
            : TypedResults.Problem(ApiProblem.NoSuchDevice());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(
        string id, OrderDesk desk, CancellationToken cancel) => await desk.RestoreAsync(id, cancel)
        ? TypedResults.NoContent()
        : TypedResults.Problem(ApiProblem.NoSuchDevice());

    private static async Task<Results<Ok<OrderAnswers>, ProblemHttpResult>> OrderAsync(
        OrderToMany order, FleetOrders orders, CancellationToken cancel)
    {
        Order one = new(order.Command, order.Value, order.Text);
        if (one.ToCommand() is null)
        {
            return TypedResults.Problem(ApiProblem.BadCommand());
        }

        string[] ids = [.. (order.Devices ?? []).Distinct()];
        if (ids.Length is < 1 or > MaxOrders)
        {
            return TypedResults.Problem(ApiProblem.BadParameter("devices", $"1 to {MaxOrders} ids"));
        }

        IReadOnlyList<OrderOutcome> outcomes = await orders.SendAsync(ids, one, null, cancel);
        return TypedResults.Ok(new OrderAnswers(
            [.. outcomes.Select(outcome => new OrderAnswer(outcome.Id, ApiWord.Of(outcome.Result)))]));
    }

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

    /// <summary>What a device is called; null leaves it as it is, empty takes it away.</summary>
    /// <param name="Name">A name for people, up to 40 characters.</param>
    /// <param name="Group">The group it is in, up to 40 characters.</param>
    internal sealed record LabelWish(string? Name = null, string? Group = null);

    /// <summary>An order to many boards.</summary>
    /// <param name="Devices">Their ids.</param>
    /// <param name="Command">As in <c>POST /v1/devices/{id}/command</c>.</param>
    /// <param name="Value">The same.</param>
    /// <param name="Text">The same.</param>
    internal sealed record OrderToMany(
        IReadOnlyList<string>? Devices, string? Command, uint Value = 0, string? Text = null);

    /// <summary>What became of an order to many.</summary>
    /// <param name="Answers">One for each board.</param>
    internal sealed record OrderAnswers(IReadOnlyList<OrderAnswer> Answers);

    /// <summary>What became of an order to one of them.</summary>
    /// <param name="Device">The board.</param>
    /// <param name="Result"><c>sent</c>, <c>no-such-device</c>, <c>offline</c> or <c>store-unavailable</c>.</param>
    internal sealed record OrderAnswer(string Device, string Result);
}
