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
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/ledger", (Journal ledger) => TypedResults.Ok(ledger.Head))
            .WithName("GetLedger")
            .WithSummary("The end of the ledger: who notes its hash can later prove that nothing before it changed.")
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts", List)
            .WithName("ListAccounts")
            .WithSummary("Accounts in the order in which they were opened, a page at a time.")
            .InPages()
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}", One)
            .WithName("GetAccount")
            .WithSummary("One account.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}/entries", Statement)
            .WithName("GetStatement")
            .WithSummary("An account's entries, the newest first, a page at a time.")
            .InPages()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/accounts/{name}/entries.csv", StatementText)
            .WithName("GetStatementText")
            .WithSummary("All of an account's entries as CSV, the newest first.")
            .Produces<string>(StatusCodes.Status200OK, StatementCsv.ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Needs(AccessScope.Read);
    }

    private static Ok<AccountPage> List(Journal ledger, [AsParameters] PageFrom page)
    {
        IReadOnlyList<Balance> shown = ledger.Accounts(page.Start(), page.Count());
        int total = ledger.AccountCount;
        return TypedResults.Ok(new AccountPage(
            [.. shown.Select(AccountReport.Of)], total, page.Next(shown.Count, total)));
    }

    private static Results<Ok<AccountReport>, ProblemHttpResult> One(Journal ledger, string name) =>
        ledger.Find(name) is { } balance
            ? TypedResults.Ok(AccountReport.Of(balance))
            : TypedResults.Problem(ApiProblem.NoSuchAccount());

    private static Results<Ok<StatementPage>, ProblemHttpResult> Statement(
        Journal ledger, string name, [AsParameters] PageBefore page) => ledger.Find(name) is null
        ? TypedResults.Problem(ApiProblem.NoSuchAccount())
        : TypedResults.Ok(StatementPage.Of(ledger.Statement(name, page.Before, page.Count())));

    private static IResult StatementText(Journal ledger, string name, CancellationToken cancel) =>
        ledger.Find(name) is null
            ? TypedResults.Problem(ApiProblem.NoSuchAccount())
            : TypedResults.Stream(body => StatementCsv.WriteAsync(ledger, name, body, cancel),
                StatementCsv.ContentType, "statement.csv");
}
