using System.Net;
using System.Text.RegularExpressions;

namespace MicroFirmware.Dashboard.Tests.Access;

/// <summary>From the first start to signed in and out, by pages and forms alone.</summary>
public sealed class SignInPageTests : IAsyncLifetime
{
    private const string Password = "four words are good";

    private readonly Site _site = new();
    private Visitor _owner = null!;

    public async Task InitializeAsync()
    {
        await _site.InitializeAsync();
        _owner = NewVisitor();
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Link_of_the_console_makes_the_owner_and_signs_in()
    {
        Assert.Contains("Nobody can sign in yet", await _owner.PageAsync("/sign-in"));

        using HttpResponseMessage answer = await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria");

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, PathOf(answer)));
        Assert.Contains("maria", await _owner.PageAsync("/"));
    }

    [Fact]
    public async Task Link_used_twice_is_no_good()
    {
        string path = _site.Host.WelcomePath!;
        (await WelcomeAsync(_owner, path, "maria")).Dispose();
        using Visitor second = NewVisitor();

        using HttpResponseMessage answer = await second.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("was used already", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Sign_in_leads_back_to_the_page_that_was_asked_for()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        using Visitor other = NewVisitor();
        using HttpResponseMessage asked = await other.GetAsync("/people");

        using HttpResponseMessage answer = await other.SubmitAsync(
            asked.Headers.Location!.OriginalString, "sign-in", ("name", "Maria"), ("password", Password));

        Assert.Equal((HttpStatusCode.Redirect, "/people"), (answer.StatusCode, PathOf(answer)));
        Assert.Contains("maria", await other.PageAsync("/people"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Sign_in_leads_to_this_site_only(string elsewhere)
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();

        using HttpResponseMessage answer = await _owner.SubmitAsync(
            $"/sign-in?return={Uri.EscapeDataString(elsewhere)}", "sign-in", ("name", "maria"), ("password", Password));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, PathOf(answer)));
    }

    [Fact]
    public async Task Wrong_password_says_so_and_keeps_the_name()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        using Visitor other = NewVisitor();

        using HttpResponseMessage answer = await other.SubmitAsync(
            "/sign-in", "sign-in", ("name", "maria"), ("password", "something else"));
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Name or password is wrong", page);
        Assert.Contains("value=\"maria\"", page);
        Assert.DoesNotContain("something else", page);
    }

    [Fact]
    public async Task Form_without_its_hidden_token_is_refused()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();

        using HttpResponseMessage answer = await _owner.PostAsync("/people", [("_handler", "invite")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task Form_sent_by_another_site_does_not_count_as_the_owners(string site)
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        _owner.Site = site;

        using HttpResponseMessage invite = await _owner.SubmitAsync("/people", "invite", ("role", "Owner"));
        (await _owner.PostAsync("/sign-out", [])).Dispose();

        Assert.Equal(HttpStatusCode.Forbidden, invite.StatusCode);
        Assert.Contains("maria", await _owner.PageAsync("/"));
    }

    [Fact]
    public async Task Viewer_who_was_invited_looks_and_changes_nothing_but_the_own_password()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        using HttpResponseMessage invited = await _owner.SubmitAsync("/people", "invite", ("role", "Viewer"));
        string link = Regex.Match(await invited.Content.ReadAsStringAsync(), "/welcome/[0-9a-f]+").Value;
        using Visitor viewer = NewVisitor();
        (await WelcomeAsync(viewer, link, "guest")).Dispose();

        using HttpResponseMessage people = await viewer.GetAsync("/people");
        using HttpResponseMessage changed = await viewer.SubmitAsync(
            "/account", "password", ("current", Password), ("fresh", "quite another phrase"));

        Assert.Contains("guest", await viewer.PageAsync("/"));
        Assert.Equal("/no-entry", PathOf(people));
        Assert.Contains("counts from now on", await changed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_is_shown_once_and_works_until_it_is_revoked()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        using HttpResponseMessage made = await _owner.SubmitAsync(
            "/people", "token", ("name", "Grafana"), ("days", "30"), ("scopes", "read"));
        string token = Regex.Match(await made.Content.ReadAsStringAsync(), "[0-9a-f]{64}-[0-9a-f]{20}").Value;

        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(token));
        Assert.DoesNotContain(token, await _owner.PageAsync("/people"));
        (await _owner.SubmitAsync("/people", "revoke-1")).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(token));
    }

    [Fact]
    public async Task Signed_out_is_signed_out_even_with_the_old_cookie()
    {
        (await WelcomeAsync(_owner, _site.Host.WelcomePath!, "maria")).Dispose();
        Cookie cookie = Assert.Single(_owner.Cookies.GetAllCookies(), c => c.Name == "micro-session");
        Assert.True(cookie.HttpOnly);

        using HttpResponseMessage answer = await _owner.PostAsync("/sign-out", []);
        using Visitor thief = NewVisitor();
        thief.Cookies.Add(_site.Browser.BaseAddress!, new Cookie(cookie.Name, cookie.Value));
        using HttpResponseMessage stolen = await thief.GetAsync("/");

        Assert.Equal("/sign-in", PathOf(answer));
        Assert.Equal("/sign-in", PathOf(stolen));
    }

    private static string PathOf(HttpResponseMessage answer) => answer.Headers.Location is { IsAbsoluteUri: true } url
        ? url.PathAndQuery
        : answer.Headers.Location?.OriginalString ?? "";

    private static Task<HttpResponseMessage> WelcomeAsync(Visitor visitor, string path, string name) =>
        visitor.SubmitAsync(path, "welcome", ("name", name), ("password", Password));

    private Visitor NewVisitor() => new(_site.Browser.BaseAddress!);

    private async Task<HttpStatusCode> StatusWithAsync(string token)
    {
        using HttpClient http = new() { BaseAddress = _site.Browser.BaseAddress };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        using HttpResponseMessage answer = await http.GetAsync("/v1/stats");
        return answer.StatusCode;
    }
}
