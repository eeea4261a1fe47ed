using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// <c>/v1/runs</c> and <c>/v1/orders</c>: something done to many boards, with an answer for each. A run goes on by
/// itself and is looked at; an order is waited for. Pages do it in the same book.
/// </summary>
internal static class RunRoutes
{
    private const int MaxOrders = 1_000;
    private const int MaxOrderOctets = 64 * 1024;

    // As many ids as may be named, at their longest.
    private const int MaxRunOctets = 512 * 1024;

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/runs", Begin)
            .WithName("BeginRun")
            .WithSummary("Does something to boards that are named, or found; the answer comes at once.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxRunOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Boards);
        routes.MapPost("/v1/runs/{number:int}/start", Start)
            .WithName("StartRun")
            .WithSummary("Begins a run that was only written down; once, however often it is asked for.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Boards);
        routes.MapGet("/v1/runs", (DeedBook book, [AsParameters] PageBefore page) =>
            {
                IReadOnlyList<DeedRun> shown = book.Page(page.Before, page.Count());
                return TypedResults.Ok(new RunPage(
                    [.. shown.Select(RunReport.Of)], page.Next(shown, run => run.Number)));
            })
            .WithName("ListRuns")
            .WithSummary("Runs of pages and programs, the newest first, a page at a time; a restart forgets them.")
            .InPages()
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/runs/{number:int}", Look)
            .WithName("GetRun")
            .WithSummary("How far a run is.")
            .WithDescription("Who accepts text/event-stream hears of it until it is done.")
            .Produces<RunReport>(StatusCodes.Status200OK, "application/json", EventStream.ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/runs/{number:int}/answers", Answers)
            .WithName("ListRunAnswers")
            .WithSummary("What became of a run at each device, a page at a time.")
            .InPages()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapPost("/v1/orders", OrderAsync)
            .WithName("CommandDevices")
            .WithSummary($"Sends up to {MaxOrders} boards an order, and waits for the answer of each.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxOrderOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Boards);
    }

    private static Results<Accepted<RunReport>, ProblemHttpResult> Begin(
        RunWish wish, DeedBook book, BoardCatalogue catalogue)
    {
        if (ReadDeed(wish.Do, wish.Value, wish.Text) is not { } deed)
        {
            return TypedResults.Problem(ApiProblem.BadDeed());
        }

        IReadOnlyList<string>? ids = wish.Find(catalogue, out string? wrong);
        if (wrong is not null)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(wrong, wish.Where!.ToBoardChoice().RangeOf(wrong)));
        }

        if (ids is not { Count: >= 1 } || wish.Devices?.Count > RunWish.MaxDevices)
        {
            return TypedResults.Problem(ApiProblem.BadChoice(RunWish.MaxDevices));
        }

        DeedRun run = book.Propose(deed, ids);
        return Accept(book, run, wish.Start);
    }

    private static Results<Accepted<RunReport>, ProblemHttpResult> Start(int number, DeedBook book) =>
        book.Find(number) is { } run
            ? Accept(book, run, isStart: true)
            : TypedResults.Problem(ApiProblem.NoSuchRun());

    private static Deed? ReadDeed(string? word, uint value, string? text) =>
        ApiWord.Read<DeedKind>(word) is { } kind ? Deed.Of(kind, value, text) : null;

    private static Accepted<RunReport> Accept(DeedBook book, DeedRun run, bool isStart)
    {
        if (isStart)
        {
            // It goes on whether whoever began it waits or not; the run says how it ends.
            _ = book.RunAsync(run);
        }

        return TypedResults.Accepted($"/v1/runs/{run.Number}", RunReport.Of(run));
    }

    private static IResult Look(int number, HttpContext context, DeedBook book, ProgressWatch progress) =>
        book.Find(number) is { } run
            ? progress.Answer(context, () => RunReport.Of(run), report => report.Done)
            : TypedResults.Problem(ApiProblem.NoSuchRun());

    private static Results<Ok<RunAnswers>, ProblemHttpResult> Answers(
        int number, DeedBook book, [AsParameters] PageFrom page)
    {
        if (book.Find(number) is not { } run)
        {
            return TypedResults.Problem(ApiProblem.NoSuchRun());
        }

        RunAnswer[] shown = [.. run.Ids.Skip(page.Start()).Take(page.Count()).Select(id => new RunAnswer(
            id, run.ResultOf(id) is { } result ? ApiWord.Of(result) : null))];
        return TypedResults.Ok(new RunAnswers(shown, run.Ids.Count, page.Next(shown.Length, run.Ids.Count)));
    }

    private static async Task<Results<Ok<OrderAnswers>, ProblemHttpResult>> OrderAsync(
        OrderToMany order, DeedBook book)
    {
        Deed? deed = ReadDeed(order.Command, order.Value, order.Text);
        if (deed is not { IsOrder: true })
        {
            return TypedResults.Problem(ApiProblem.BadCommand());
        }

        if (order.Devices is not { Count: >= 1 and <= MaxOrders } devices)
        {
            return TypedResults.Problem(ApiProblem.BadParameter("devices", $"1 to {MaxOrders} ids"));
        }

        DeedRun run = book.Propose(deed, devices);
        await book.RunAsync(run);
        return run.Fault is null
            ? TypedResults.Ok(OrderAnswers.Of([.. run.Ids.Select(id => new OrderOutcome(id, run.ResultOf(id)!.Value))]))
            : TypedResults.Problem(ApiProblem.Busy());
    }

    /// <summary>A page of runs.</summary>
    /// <param name="Runs">The newest first.</param>
    /// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
    internal sealed record RunPage(IReadOnlyList<RunReport> Runs, long? Next);

    /// <summary>A page of what became of a run.</summary>
    /// <param name="Answers">One for each device.</param>
    /// <param name="Total">How many devices are meant.</param>
    /// <param name="Next">What to give as <c>from</c> for the next page; null on the last one.</param>
    internal sealed record RunAnswers(IReadOnlyList<RunAnswer> Answers, int Total, int? Next);

    /// <summary>What became of a run at one device.</summary>
    /// <param name="Device">The device.</param>
    /// <param name="Result">As in <c>POST /v1/orders</c>; null before it is known.</param>
    internal sealed record RunAnswer(string Device, string? Result);

    /// <summary>An order to many boards.</summary>
    /// <param name="Devices">Their ids.</param>
    /// <param name="Command">As in <c>POST /v1/devices/{id}/command</c>.</param>
    /// <param name="Value">The same.</param>
    /// <param name="Text">The same.</param>
    internal sealed record OrderToMany(
        IReadOnlyList<string>? Devices, string? Command, uint Value = 0, string? Text = null);
}
