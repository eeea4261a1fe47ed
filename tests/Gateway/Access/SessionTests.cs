using System.Net;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Sessions over HTTP, on a clock that the test moves.</summary>
public sealed class SessionTests : AccessRig
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await WelcomeAsync();
    }

    [Fact]
    public async Task Cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using Browser other = new(Gateway.Host.HttpEndPoint);
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
            $"https://{Gateway.Host.HttpTlsEndPoint}/v1/session",
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
            Time.Advance(TimeSpan.FromDays(1));
            Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
        }

        Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await Owner.LookAsync());
    }

    [Fact]
    public async Task Session_that_is_not_used_ends()
    {
        Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
        Time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(HttpStatusCode.Unauthorized, await Owner.LookAsync());
    }

    [Fact]
    public async Task Session_outlives_a_restart_and_keeps_its_age()
    {
        string secret = Owner.Secret;
        Time.Advance(TimeSpan.FromDays(6));
        await Owner.LookAsync();
        await Gateway.RestartAsync();
        using Browser after = new(Gateway.Host.HttpEndPoint) { Secret = secret };

        Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, await after.LookAsync());
        Assert.Null(Gateway.Host.WelcomePath);
        Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Unauthorized, await after.LookAsync());
    }

    [Fact]
    public async Task Session_planted_before_the_sign_in_does_not_become_the_users()
    {
        using Browser victim = new(Gateway.Host.HttpEndPoint) { Secret = new string('a', 64) };

        await victim.SignInAsync("maria");
        using Browser attacker = new(Gateway.Host.HttpEndPoint) { Secret = new string('a', 64) };

        Assert.NotEqual(new string('a', 64), victim.Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.LookAsync());
    }

    [Fact]
    public async Task Sign_in_ends_the_session_that_the_browser_brought()
    {
        string before = Owner.Secret;
        await Owner.SignInAsync("maria");
        using Browser old = new(Gateway.Host.HttpEndPoint) { Secret = before };

        Assert.Equal(HttpStatusCode.Unauthorized, await old.LookAsync());
        Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_every_session_of_the_user()
    {
        using Browser other = new(Gateway.Host.HttpEndPoint);
        await other.SignInAsync("maria");

        Assert.Equal(HttpStatusCode.NoContent, await Owner.StatusOf("DELETE", "/v1/session?everywhere=true"));

        Assert.Equal(HttpStatusCode.Unauthorized, await other.LookAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await Owner.LookAsync());
    }

    [Fact]
    public async Task Password_changed_ends_the_other_sessions()
    {
        using Browser other = new(Gateway.Host.HttpEndPoint);
        await other.SignInAsync("maria");

        Assert.Equal(HttpStatusCode.NoContent, await Owner.StatusOf(
            "PUT", "/v1/session/password", new { current = Browser.Password, fresh = "quite another phrase" }));

        Assert.Equal(HttpStatusCode.Unauthorized, await other.LookAsync());
        Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await other.SignInAsync("maria"));
        Assert.Equal(HttpStatusCode.NoContent, await other.SignInAsync("maria", "quite another phrase"));
    }

    [Fact]
    public void Sessions_above_the_most_end_the_one_not_used_for_longest()
    {
        SessionBook book = Gateway.Host.Room<SessionBook>();
        long user = Gateway.Host.Room<UserBook>().Find("maria")!.Id;
        string[] secrets = [.. Enumerable.Range(0, SessionBook.MaxPerUser + 1).Select(_ =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
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
        Owner.From.Clear();
        Owner.From[field] = value;

        using HttpResponseMessage answer = await Owner.SendAsync("POST", "/v1/join-codes");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("cross-site", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await Owner.LookAsync());
    }

    [Fact]
    public async Task Change_over_plain_text_counts_by_its_origin()
    {
        Owner.From.Clear();
        Owner.From["Origin"] = Owner.Gateway.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.OK, await Owner.StatusOf("POST", "/v1/join-codes"));
    }

    [Fact]
    public async Task Sign_in_sent_by_another_site_is_refused()
    {
        using Browser victim = new(Gateway.Host.HttpEndPoint);
        victim.From["Sec-Fetch-Site"] = "cross-site";

        Assert.Equal(HttpStatusCode.Forbidden, await victim.SignInAsync("maria"));
        Assert.Equal("", victim.Secret);
    }

    [Fact]
    public async Task Channel_opened_by_another_site_does_not_count()
    {
        Owner.From["Sec-Fetch-Site"] = "cross-site";
        Owner.From["Upgrade"] = "websocket";
        Owner.From["Connection"] = "Upgrade";

        Assert.Equal(HttpStatusCode.Forbidden, await Owner.LookAsync());
    }
}
