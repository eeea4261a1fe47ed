using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Payouts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/payouts</c>: the owner's orders to pay, and what became of them.</summary>
internal static class PayoutRoutes
{
    // Most payments take a tenth of a second; who has to wait longer asks again.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(20);

    public static void MapPayouts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payouts", List)
            .WithName("ListPayouts")
            .WithSummary("Payouts, the newest first, a page at a time; of one account where it is named.")
            .InPages()
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/payouts/{id:long}", One)
            .WithName("GetPayout")
            .WithSummary("One payout.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapPost("/v1/payouts", PayAsync)
            .WithName("Pay")
            .WithSummary("Pays out of an account. The answer may come before the payment's end: its state says which.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Money);
        routes.MapPost("/v1/payouts/{id:long}/approve", (PayoutRoom room, long id, CancellationToken cancel) =>
                DecideAsync(room, id, isApproved: true, cancel))
            .WithName("ApprovePayout")
            .WithSummary("Agrees to a payout that waits for it.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.Money);
        routes.MapPost("/v1/payouts/{id:long}/reject", (PayoutRoom room, long id, CancellationToken cancel) =>
                DecideAsync(room, id, isApproved: false, cancel))
            .WithName("RejectPayout")
            .WithSummary("Does not agree to a payout that waits for it.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.Money);
    }

    private static Ok<PayoutPage> List(PayoutRoom room, [AsParameters] PageBefore page, string account = "")
    {
        IReadOnlyList<PayoutRecord> shown = room.Page(page.Before, account, page.Count());
        return TypedResults.Ok(new PayoutPage(
            [.. shown.Select(PayoutReport.Of)], page.Next(shown, payout => payout.Id)));
    }

    private static Results<Ok<PayoutReport>, ProblemHttpResult> One(PayoutRoom room, long id) =>
        room.Find(id) is { } payout
            ? TypedResults.Ok(PayoutReport.Of(payout))
            : TypedResults.Problem(ApiProblem.NoSuchPayout());

    private static async Task<Results<Ok<PayoutReport>, ProblemHttpResult>> PayAsync(
        PayoutRoom room, PayoutOrder order, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(order.Account) || order.AmountMsat < 1)
        {
            return TypedResults.Problem(order.AmountMsat < 1
                ? ApiProblem.BadParameter("amountMsat", "1 or more")
                : ApiProblem.BadParameter("account", "an account's name"));
        }

        return await AnswerAsync(room, room.Begin(
            order.Account, order.Target, order.AmountMsat, order.DryRun, PayoutRecord.Owner), cancel);
    }

    private static Task<Results<Ok<PayoutReport>, ProblemHttpResult>> DecideAsync(
        PayoutRoom room, long id, bool isApproved, CancellationToken cancel) =>
        AnswerAsync(room, room.Decide(id, isApproved), cancel);

    private static async Task<Results<Ok<PayoutReport>, ProblemHttpResult>> AnswerAsync(
        PayoutRoom room, PayoutStart start, CancellationToken cancel) => start.Payout is { } payout
        ? TypedResults.Ok(PayoutReport.Of(payout.Id == 0 ? payout : await room.WaitAsync(payout, s_wait, cancel)))
        : TypedResults.Problem(ApiProblem.Of(start.Fault, start.Detail));
}
