using System.Net;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Articles;

/// <summary>A site whose articles cost a fraction of a cent, each paid to its author.</summary>
internal static class ArticleSite
{
    private const int StatementLines = 20;

    public static WebApplication Create(IPEndPoint listen, Cashier cashier, Journal journal)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(listen));
        builder.Services.AddRouting().AddProblemDetails().AddSingleton(cashier);
        WebApplication app = builder.Build();

        app.MapGet("/", () => Article.All.Select(article =>
            new { article.Title, article.Author, article.PriceMsat, Path = $"/articles/{article.Slug}" }));
        foreach (Article article in Article.All)
        {
            app.MapGet($"/articles/{article.Slug}", () => article.Text).RequirePayment(TermsOf(article));
        }

        app.MapGet("/authors/{name}", (string name) => StatementOf(journal, AuthorOf(name)));
        return app;
    }

    /// <summary>Whose account an author's is.</summary>
    public static Account AuthorOf(string name) => PaywallAccounts.Site(Account.NameOf(name));

    private static PaymentTerms TermsOf(Article article) =>
        new(article.PriceMsat, AuthorOf(article.Author)) { Description = article.Title };

    private static object StatementOf(Journal journal, Account account) => new
    {
        Account = account.Name,
        Msat = (journal.Find(account.Name)?.Amount ?? 0).ToString(),
        Entries = journal.Statement(account.Name, null, StatementLines)
            .Select(line => new { line.Key, line.Memo, line.Other, line.Amount }),
    };
}
