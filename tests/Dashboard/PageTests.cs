using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using MicroFirmware.Dashboard.Layout;
using Microsoft.AspNetCore.Components;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>What holds for every page, whoever made it.</summary>
public class PageTests(Site site) : IClassFixture<Site>
{
    /// <summary>Addresses of all pages that need no name of a board or account.</summary>
    public static TheoryData<string> Pages =>
    [
        .. typeof(App).Assembly.GetExportedTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template).Where(path => !path.Contains('{')).Order(),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_holds_no_script_no_style_and_no_other_host(string path)
    {
        using HttpResponseMessage answer = await site.Browser.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(PageHeaders.ContentSecurityPolicy, Assert.Single(
            answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=""/assets/)", page);
        Assert.DoesNotMatch(@"\sstyle\s*=\s*""", page);
        Assert.DoesNotMatch(@"\son[a-z]+\s*=\s*""", page);
        Assert.DoesNotMatch(@"(src|action)\s*=\s*""(https?:)?//", page);
        Assert.DoesNotContain("<!--Blazor", page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_has_one_main_one_heading_a_title_and_every_id_once(string path)
    {
        using HttpResponseMessage answer = await site.Browser.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Single(Regex.Matches(page, "<main[ >]"));
        Assert.Single(Regex.Matches(page, "<title>[^<]+</title>"));
        Assert.Single(Regex.Matches(page, "<h1[ >]"));
        string[] ids = [.. Regex.Matches(page, @"\sid=""([^""]+)""").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    /// <summary>What is announced must stand still: figures and times change every second.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_announces_no_ticking_figures(string path)
    {
        using HttpResponseMessage answer = await site.Browser.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        MatchCollection announced = Regex.Matches(
            page, @"<(\w+)[^>]*(?:role=""(?:status|alert)""|aria-live=)[^>]*>(.*?)</\1>",
            RegexOptions.Singleline);

        Assert.All(announced, one => Assert.DoesNotMatch("<time datetime|H/s", one.Groups[2].Value));
    }

    [Fact]
    public async Task Assets_are_kept_for_good_and_come_compressed()
    {
        string page = await site.PageAsync("/");
        foreach (Match asset in Regex.Matches(page, @"""(/assets/[^""]+)"""))
        {
            using HttpRequestMessage request = new(HttpMethod.Get, asset.Groups[1].Value);
            request.Headers.Add("Accept-Encoding", "gzip");
            using HttpResponseMessage answer = await site.Browser.SendAsync(request);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("gzip", answer.Content.Headers.ContentEncoding);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Asset_of_another_release_is_not_found()
    {
        using HttpResponseMessage answer = await site.Browser.GetAsync("/assets/000000000000/site.css");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/boards/no/such/page")]
    public async Task Address_that_does_not_exist_gives_a_browser_a_page(string path)
    {
        using HttpClient stranger = new();
        stranger.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        Uri address = new(site.Browser.BaseAddress!, path);
        foreach (HttpClient browser in new[] { site.Browser, stranger })
        {
            using HttpResponseMessage answer = await browser.GetAsync(address);
            string page = await answer.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(PageHeaders.ContentSecurityPolicy, Assert.Single(
                answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Contains("There is no such page", page);
            Assert.Contains("id=\"main\"", page);
        }
    }

    [Theory]
    [InlineData("/v1/no-such-route", "text/html")]
    [InlineData("/openapi/v9", "text/html")]
    [InlineData("/metrics/no", "text/html")]
    [InlineData("/healthz/no", "text/html")]
    [InlineData("/no-such-page", "application/json, text/html;q=0.5")]
    [InlineData("/no-such-page", "*/*")]
    public async Task Address_that_does_not_exist_gives_a_program_a_problem(string path, string accept)
    {
        using HttpClient program = new();
        program.DefaultRequestHeaders.Add("Accept", accept);
        using HttpResponseMessage answer = await program.GetAsync(new Uri(site.Browser.BaseAddress!, path));
        string body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("<html", body);
        Assert.Contains("404", body);
    }

    [Fact]
    public async Task Page_asked_for_by_a_stranger_leads_to_the_sign_in()
    {
        using HttpClient stranger = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        stranger.DefaultRequestHeaders.Add("Accept", "text/html");
        using HttpResponseMessage answer = await stranger.GetAsync(new Uri(site.Browser.BaseAddress!, "/?window=7d"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2F%3Fwindow%3D7d", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/boards", "/boards")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public async Task Theme_is_kept_and_leads_back_to_this_site_only(string back, string expected)
    {
        using HttpResponseMessage answer = await site.Browser.GetAsync(
            $"/theme?to=dark&back={Uri.EscapeDataString(back)}");

        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        Assert.StartsWith("theme=dark;", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }
}
