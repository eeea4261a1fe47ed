using MicroFirmware.Gateway.Access;
using MicroFirmware.Ledger.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/accounts</c> and <c>/v1/ledger</c>: what the ledger says, to be read only.</summary>
internal static class AccountRoutes
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/ledger", (Journal ledger) => TypedResults.Ok(ledger.Head))
            .WithName("GetLedger")
            .WithSummary("The end of the ledger: who notes its hash can later prove that nothing before it changed.")
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts", List)
            .WithName("ListAccounts")
            .WithSummary("Accounts in the order in which they were opened, a page at a time.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}", One)
            .WithName("GetAccount")
            .WithSummary("One account.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}/entries", Statement)
            .WithName("GetStatement")
            .WithSummary("An account's entries, the newest first, a page at a time.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}/entries.csv", StatementText)
            .WithName("GetStatementText")
            .WithSummary("All of an account's entries as CSV, the newest first.")
            .Produces<string>(StatusCodes.Status200OK, StatementCsv.ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
    }

    private static Results<Ok<AccountPage>, ProblemHttpResult> List(
        Journal ledger, int from = 0, int limit = DefaultLimit)
    {
        if (from < 0 || limit is < 1 or > MaxLimit)
        {
            return TypedResults.Problem(from < 0
                ? ApiProblem.BadParameter(nameof(from), "0 or more")
                : ApiProblem.BadParameter(nameof(limit), $"1 to {MaxLimit}"));
        }

        IReadOnlyList<Balance> page = ledger.Accounts(from, limit);
        int end = from + page.Count;
        int total = ledger.AccountCount;
        return TypedResults.Ok(new AccountPage(
            [.. page.Select(AccountReport.Of)], total, page.Count > 0 && end < total ? end : null));
    }

    private static Results<Ok<AccountReport>, ProblemHttpResult> One(Journal ledger, string name) =>
        ledger.Find(name) is { } balance
            ? TypedResults.Ok(AccountReport.Of(balance))
            : TypedResults.Problem(ApiProblem.NoSuchAccount());

    private static Results<Ok<StatementPage>, ProblemHttpResult> Statement(
        Journal ledger, string name, long? before = null, int limit = DefaultLimit)
    {
        if (before < 1 || limit is < 1 or > MaxLimit)
        {
            return TypedResults.Problem(before < 1
                ? ApiProblem.BadParameter(nameof(before), "an entry's number, as 'next' names it")
                : ApiProblem.BadParameter(nameof(limit), $"1 to {MaxLimit}"));
        }

        return ledger.Find(name) is null
            ? TypedResults.Problem(ApiProblem.NoSuchAccount())
            : TypedResults.Ok(StatementPage.Of(ledger.Statement(name, before, limit)));
    }

    private static IResult StatementText(Journal ledger, string name, CancellationToken cancel) =>
        ledger.Find(name) is null
            ? TypedResults.Problem(ApiProblem.NoSuchAccount())
            : TypedResults.Stream(body => StatementCsv.WriteAsync(ledger, name, body, cancel),
                StatementCsv.ContentType, "statement.csv");
}
