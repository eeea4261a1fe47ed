using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary>Where accounts are paid: set by the gateway's owner, or by a board with its own key.</summary>
internal static class PayoutTargetRoutes
{
    public static void MapPayoutTargets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payout-targets", (PayoutSchedule schedule) =>
                TypedResults.Ok<IReadOnlyList<TargetReport>>([.. schedule.Due().Select(TargetReport.Of)]))
            .WithName("ListPayoutTargets")
            .WithSummary("Every account's payout target, and what the schedule's next round would do with it.")
            .Needs(AccessScope.Read);
        routes.MapPut("/v1/accounts/{name}/target", (TargetBook targets, string name, TargetOrder order) =>
                Set(targets, name, order, TargetBook.ByOwner))
            .WithName("SetPayoutTarget")
            .WithSummary("Sets where an account is paid, and from which balance.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.Money);
        routes.MapDelete("/v1/accounts/{name}/target", (TargetBook targets, string name) => Remove(targets, name))
            .WithName("RemovePayoutTarget")
            .WithSummary("Takes an account's payout target away.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.Money);
        routes.MapPut("/v1/devices/{id}/target", SetOwnAsync)
            .WithName("SetOwnPayoutTarget")
            .WithSummary("A board's holder sets where its account is paid, with the board's key (PROTOCOL.md).")
            .WithMetadata(new BoardsOwnKey())
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapDelete("/v1/devices/{id}/target", RemoveOwnAsync)
            .WithName("RemoveOwnPayoutTarget")
            .WithSummary("A board's holder takes its account's payout target away, with the board's key (PROTOCOL.md).")
            .WithMetadata(new BoardsOwnKey())
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetOwnAsync(
        HttpContext context,
        TargetProof proof,
        TargetBook targets,
        string id,
        TargetOrder order,
        CancellationToken cancel)
    {
        (ProofResult result, Account? account) = await JudgeAsync(
            context, proof, id, order.Target ?? "", order.ThresholdMsat ?? 0, cancel);
        return account is null
            ? TypedResults.Problem(ApiProblem.Of(result))
            : Set(targets, account.Name, order, TargetBook.ByHolder);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveOwnAsync(
        HttpContext context, TargetProof proof, TargetBook targets, string id, CancellationToken cancel)
    {
        (ProofResult result, Account? account) = await JudgeAsync(context, proof, id, "", 0, cancel);
        return account is null
            ? TypedResults.Problem(ApiProblem.Of(result))
            : Remove(targets, account.Name);
    }

    private static Task<(ProofResult Result, Account? Account)> JudgeAsync(
        HttpContext context,
        TargetProof proof,
        string device,
        string target,
        long thresholdMsat,
        CancellationToken cancel) => proof.JudgeAsync(
            context.Request.Headers.Authorization.ToString(), device, context.Request.Method,
            context.Request.Path.Value ?? "", target, (ulong)thresholdMsat, cancel);

    private static Results<NoContent, ProblemHttpResult> Set(
        TargetBook targets, string account, TargetOrder order, string by)
    {
        try
        {
            PayoutFault fault = targets.Set(account, order.Target ?? "", order.ThresholdMsat, by, out string problem);
            return fault == PayoutFault.None
                ? TypedResults.NoContent()
                : TypedResults.Problem(ApiProblem.Of(fault, problem));
        }
        catch (StorageException)
        {
            return TypedResults.Problem(ApiProblem.Of(PayoutFault.Busy, ""));
        }
    }

    private static Results<NoContent, ProblemHttpResult> Remove(TargetBook targets, string account)
    {
        try
        {
            return targets.Remove(account)
                ? TypedResults.NoContent()
                : TypedResults.Problem(ApiProblem.Of(PayoutFault.NoTarget, ""));
        }
        catch (StorageException)
        {
            return TypedResults.Problem(ApiProblem.Of(PayoutFault.Busy, ""));
        }
    }
}
