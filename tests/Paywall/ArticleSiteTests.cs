using System.Net;
using System.Text.RegularExpressions;
using MicroFirmware.Articles;
using MicroFirmware.Ledger.Book;
using Microsoft.AspNetCore.Builder;

namespace MicroFirmware.Paywall.Tests;

public sealed partial class ArticleSiteTests : IDisposable
{
    private readonly TestTill _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task Reader_pays_authors_by_lightning_and_balance_and_cannot_pay_more_than_it_has()
    {
        await SampleReader.EarnAsync(_till.Journal, _till.Time);
        await using WebApplication site = ArticleSite.Create(
            new IPEndPoint(IPAddress.Loopback, 0), _till.Cashier, _till.Journal);
        await site.StartAsync();
        StringWriter output = new();

        await SampleReader.ReadAsync(new Uri(site.Urls.Single()), _till.Node, TestTill.Key, output);

        Assert.Equal(["nothing: 402", "L402: 200", "Micro: 200", "Micro: 402"],
            Outcome().Matches(output.ToString()).Select(match => match.Groups[1].Value));
        Assert.Equal(130, _till.BalanceOf(ArticleSite.AuthorOf("ada")));
        Assert.Equal(70, _till.BalanceOf(Account.Device(SampleReader.Name)));
        using HttpClient http = new() { BaseAddress = new Uri(site.Urls.Single()) };
        Assert.Contains("\"msat\":\"130\"", await http.GetStringAsync("/authors/ada"));
    }

    [GeneratedRegex(@" with (\w+: \d+) ")]
    private static partial Regex Outcome();
}
