using System.Net;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Sessions over HTTP, on a clock that the test moves.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;
    private Browser _owner = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(time: _time);
        _owner = new Browser(_gateway.Host.HttpEndPoint);
        Assert.Equal(HttpStatusCode.NoContent, await _owner.WelcomeAsync(_gateway.Host.WelcomePath!, "maria"));
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using Browser other = new(_gateway.Host.HttpEndPoint);
        using HttpResponseMessage answer = await other.SendAsync(
            "POST", "/v1/session", new { name = "maria", password = Browser.Password });

        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("micro-session=", cookie);
        Assert.Contains("; httponly", cookie);
        Assert.Contains("; samesite=lax", cookie);
        Assert.Contains("; path=/", cookie);
        Assert.DoesNotContain("domain", cookie);
    }

    [Fact]
    public async Task Cookie_over_tls_is_for_tls_and_this_host_alone()
    {
        using HttpClient http = new(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });
        using HttpResponseMessage answer = await http.PostAsync(
            $"https://{_gateway.Host.HttpTlsEndPoint}/v1/session",
            System.Net.Http.Json.JsonContent.Create(new { name = "maria", password = Browser.Password }));

        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("__Host-micro-session=", cookie);
        Assert.Contains("; secure", cookie);
    }

    [Fact]
    public async Task Session_lasts_while_it_is_used_and_ends_when_it_is_old()
    {
        for (int day = 0; day < 29; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            Assert.Equal(HttpStatusCode.OK, await _owner.LookAsync());
        }

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await _owner.LookAsync());
    }

    [Fact]
    public async Task Session_that_is_not_used_ends()
    {
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await _owner.LookAsync());
        _time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(HttpStatusCode.Unauthorized, await _owner.LookAsync());
    }

    [Fact]
    public async Task Session_outlives_a_restart_and_keeps_its_age()
    {
        string secret = _owner.Secret;
        _time.Advance(TimeSpan.FromDays(6));
        await _owner.LookAsync();
        await _gateway.RestartAsync();
        using Browser after = new(_gateway.Host.HttpEndPoint) { Secret = secret };

        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, await after.LookAsync());
        Assert.Null(_gateway.Host.WelcomePath);
        _time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Unauthorized, await after.LookAsync());
    }

    [Fact]
    public async Task Session_planted_before_the_sign_in_does_not_become_the_users()
    {
        using Browser victim = new(_gateway.Host.HttpEndPoint) { Secret = new string('a', 64) };

        await victim.SignInAsync("maria");
        using Browser attacker = new(_gateway.Host.HttpEndPoint) { Secret = new string('a', 64) };

        Assert.NotEqual(new string('a', 64), victim.Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.LookAsync());
    }

    [Fact]
    public async Task Sign_in_ends_the_session_that_the_browser_brought()
    {
        string before = _owner.Secret;
        await _owner.SignInAsync("maria");
        using Browser old = new(_gateway.Host.HttpEndPoint) { Secret = before };

        Assert.Equal(HttpStatusCode.Unauthorized, await old.LookAsync());
        Assert.Equal(HttpStatusCode.OK, await _owner.LookAsync());
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_every_session_of_the_user()
    {
        using Browser other = new(_gateway.Host.HttpEndPoint);
        await other.SignInAsync("maria");

        Assert.Equal(HttpStatusCode.NoContent, await _owner.StatusOf("DELETE", "/v1/session?everywhere=true"));

        Assert.Equal(HttpStatusCode.Unauthorized, await other.LookAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await _owner.LookAsync());
    }

    [Fact]
    public async Task Password_changed_ends_the_other_sessions()
    {
        using Browser other = new(_gateway.Host.HttpEndPoint);
        await other.SignInAsync("maria");

        Assert.Equal(HttpStatusCode.NoContent, await _owner.StatusOf(
            "PUT", "/v1/session/password", new { current = Browser.Password, fresh = "quite another phrase" }));

        Assert.Equal(HttpStatusCode.Unauthorized, await other.LookAsync());
        Assert.Equal(HttpStatusCode.OK, await _owner.LookAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await other.SignInAsync("maria"));
        Assert.Equal(HttpStatusCode.NoContent, await other.SignInAsync("maria", "quite another phrase"));
    }

    [Fact]
    public void Sessions_above_the_most_end_the_one_not_used_for_longest()
    {
        SessionBook book = _gateway.Host.Room<SessionBook>();
        long user = _gateway.Host.Room<UserBook>().Find("maria")!.Id;
        string[] secrets = [.. Enumerable.Range(0, SessionBook.MaxPerUser + 1).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return book.Begin(user);
        })];

        Assert.Null(book.Use(secrets[0]));
        Assert.All(secrets[1..], secret => Assert.NotNull(book.Use(secret)));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "said")]
    public async Task Change_that_no_page_of_ours_asks_for_does_not_count(string field, string value)
    {
        _owner.From.Clear();
        _owner.From[field] = value;

        using HttpResponseMessage answer = await _owner.SendAsync("POST", "/v1/join-codes");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("cross-site", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await _owner.LookAsync());
    }

    [Fact]
    public async Task Change_over_plain_text_counts_by_its_origin()
    {
        _owner.From.Clear();
        _owner.From["Origin"] = _owner.Gateway.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.OK, await _owner.StatusOf("POST", "/v1/join-codes"));
    }

    [Fact]
    public async Task Sign_in_sent_by_another_site_is_refused()
    {
        using Browser victim = new(_gateway.Host.HttpEndPoint);
        victim.From["Sec-Fetch-Site"] = "cross-site";

        Assert.Equal(HttpStatusCode.Forbidden, await victim.SignInAsync("maria"));
        Assert.Equal("", victim.Secret);
    }

    [Fact]
    public async Task Channel_opened_by_another_site_does_not_count()
    {
        _owner.From["Sec-Fetch-Site"] = "cross-site";
        _owner.From["Upgrade"] = "websocket";
        _owner.From["Connection"] = "Upgrade";

        Assert.Equal(HttpStatusCode.Forbidden, await _owner.LookAsync());
    }
}
