using System.Net;
using MicroFirmware.Paywall.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Paywall.Tests;

public sealed class PaywallProxyTests : IAsyncLifetime, IDisposable
{
    private const int LargeOctets = 20_000_000;

    private readonly TestTill _till = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private WebApplication? _site;
    private WebApplication? _proxy;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.MapGet("/base/large", () => TypedResults.Bytes(new byte[LargeOctets]));
        _site.MapGet("/base/away", () => TypedResults.Redirect("/elsewhere"));
        _site.MapGet("/base/cut", CutAsync);
        _site.MapPost("/base/echo", async (HttpRequest request) =>
            $"{request.Headers["X-Own"]} {await new StreamReader(request.Body).ReadToEndAsync()}");
        _site.Map("/base/{**path}", (HttpRequest request) =>
            $"{request.Method} {request.Path}{request.QueryString} auth={request.Headers.Authorization} "
            + $"for={request.Headers["X-Forwarded-For"]} dropped={request.Headers["X-Dropped"]}");
        await _site.StartAsync();
        Uri url = new(_site.Urls.Single() + "/base/");
        _proxy = PaywallProxy.Create(
            new IPEndPoint(IPAddress.Loopback, 0), url, _till.Cashier, TestTill.Terms with { Path = "/" }, 100);
        await _proxy.StartAsync();
        _http.BaseAddress = new Uri(_proxy.Urls.Single());
        string header = (await _till.BuyAsync(TestTill.Terms with { Path = "/" })).ToHttp();
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
    }

    public async Task DisposeAsync()
    {
        await _proxy!.DisposeAsync();
        await _site!.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _till.Dispose();
    }

    [Fact]
    public async Task Page_that_is_not_paid_for_is_not_asked_of_the_site()
    {
        using HttpClient stranger = new() { BaseAddress = _http.BaseAddress };
        using HttpResponseMessage answer = await stranger.GetAsync("/page");

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.StartsWith("L402 version=\"0\"", answer.Headers.GetValues("WWW-Authenticate").First());
        Assert.DoesNotContain("GET", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/page?a=1&b=%20", "/base/page?a=1&b=%20")]
    [InlineData("/a/../b", "/base/b")]
    [InlineData("/with%20blank/%C3%BC", "/base/with%20blank/%C3%BC")]
    [InlineData("/", "/base/")]
    public async Task Page_that_is_paid_for_comes_from_the_site_without_the_credential(string asked, string got)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, asked);
        request.Headers.Connection.Add("X-Dropped");
        request.Headers.Add("X-Dropped", "between neighbours");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using HttpResponseMessage answer = await _http.SendAsync(request);

        Assert.Equal($"GET {got} auth= for=127.0.0.1 dropped=", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_and_headers_reach_the_site()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/echo") { Content = new StringContent("words") };
        request.Headers.Add("X-Own", "mine");
        using HttpResponseMessage answer = await _http.SendAsync(request);

        Assert.Equal("mine words", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Large_page_comes_whole() =>
        Assert.Equal(LargeOctets, (await _http.GetByteArrayAsync("/large")).Length);

    [Fact]
    public async Task Redirect_is_left_to_the_reader()
    {
        using HttpResponseMessage answer = await _http.GetAsync("/away");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/elsewhere", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Page_that_the_site_breaks_off_does_not_look_whole() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetByteArrayAsync("/cut"));

    [Fact]
    public async Task Site_that_is_gone_is_502()
    {
        await _site!.StopAsync();

        using HttpResponseMessage answer = await _http.GetAsync("/page");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://user:word@127.0.0.1/")]
    [InlineData("http://127.0.0.1/?q=1")]
    public void Site_of_another_form_is_refused(string url) =>
        Assert.Throws<ArgumentException>(() => new Forwarder(new Uri(url), Forwarder.CreateHandler()));

    private static async Task CutAsync(HttpContext context)
    {
        context.Response.ContentLength = 1_000;
        await context.Response.WriteAsync("half of it");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
