using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Paywall.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Paywall.Tests;

public sealed partial class PaymentFilterTests : IAsyncLifetime, IDisposable
{
    private readonly TestTill _till = new();
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_till.Cashier);
        _app = builder.Build();
        _app.MapGet("/articles/{id}", (string id) => $"article {id}").RequirePayment(TestTill.Terms);
        _app.MapGet("/free", () => "free");
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _till.Dispose();
    }

    [Fact]
    public async Task Page_without_payment_is_402_with_a_real_invoice_in_both_forms()
    {
        using HttpResponseMessage answer = await GetAsync("");

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        string[] challenges = [.. answer.Headers.GetValues("WWW-Authenticate")];
        Match l402 = NewForm().Match(challenges[0]);
        Match lsat = OldForm().Match(challenges[1]);
        Assert.True(l402.Success && lsat.Success, string.Join('\n', challenges));
        Assert.Equal(l402.Groups[1].Value, lsat.Groups[1].Value);
        Assert.Equal("Micro msat=\"50\", payee=\"site:news\"", challenges[2]);
        Assert.True(Bolt11Reader.TryRead(l402.Groups[2].Value, out Bolt11Invoice? invoice, out _));
        Assert.Equal(50, invoice!.AmountMsat);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Page_is_had_for_the_token_and_its_preimage()
    {
        using HttpResponseMessage asked = await GetAsync("");
        Match challenge = NewForm().Match(asked.Headers.GetValues("WWW-Authenticate").First());
        string preimage = Convert.ToHexStringLower(_till.Node.Pay(challenge.Groups[2].Value)!);

        foreach (string scheme in (string[])["L402", "LSAT"])
        {
            using HttpResponseMessage answer = await GetAsync($"{scheme} {challenge.Groups[1].Value}:{preimage}");
            Assert.Equal("article 1", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Page_is_had_for_a_balance_and_a_second_time_refused()
    {
        await _till.EarnAsync(60);
        string header = TestTill.Sign(1).ToHttp();

        using HttpResponseMessage answer = await GetAsync(header);
        using HttpResponseMessage again = await GetAsync(header);
        using HttpResponseMessage poor = await GetAsync(TestTill.Sign(2).ToHttp());

        Assert.Equal("article 1", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.PaymentRequired, poor.StatusCode);
        JsonElement problem = JsonDocument.Parse(await poor.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("insufficient-balance", problem.GetProperty("title").GetString());
        Assert.Contains("The balance is 10 msat and it costs 50 msat", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Payment_signed_without_the_query_does_not_buy_a_page_with_one()
    {
        await _till.EarnAsync(60);

        using HttpResponseMessage answer = await GetAsync(TestTill.Sign(1).ToHttp(), "/articles/1?page=2");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

        string signed = TestTill.Sign(1, path: "/articles/1?page=2").ToHttp();
        using HttpResponseMessage bought = await GetAsync(signed, "/articles/1?page=2");
        Assert.Equal(HttpStatusCode.OK, bought.StatusCode);
    }

    [Theory]
    [InlineData("L402 nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("Micro nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer something", HttpStatusCode.PaymentRequired)]
    public async Task Page_for_a_credential_of_another_form_is_refused(string header, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await GetAsync(header);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Route_without_a_price_is_free() =>
        Assert.Equal("free", await _http.GetStringAsync("/free"));

    private async Task<HttpResponseMessage> GetAsync(string authorization, string target = TestTill.Page)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, target);
        if (authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await _http.SendAsync(request);
    }

    [GeneratedRegex("^L402 version=\"0\", token=\"([^\"]+)\", invoice=\"([^\"]+)\"$")]
    private static partial Regex NewForm();

    [GeneratedRegex("^LSAT macaroon=\"([^\"]+)\", invoice=\"([^\"]+)\"$")]
    private static partial Regex OldForm();
}
