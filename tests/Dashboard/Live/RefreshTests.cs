using System.Net;
using MicroFirmware.Dashboard.Live;

namespace MicroFirmware.Dashboard.Tests.Live;

/// <summary>What pages fetch to keep themselves fresh.</summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private readonly Site _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/boards")]
    [InlineData("/money")]
    [InlineData("/events")]
    public async Task Refresh_has_what_the_page_has_in_main_and_nothing_around_it(string path)
    {
        string page = await _site.PageAsync(path);
        string refresh = await ReadAsync(path);

        Assert.Contains("<nav aria-label=\"Pages\"", page);
        Assert.DoesNotContain("<nav aria-label=\"Pages\"", refresh);
        Assert.Equal(HeadOf(page), HeadOf(refresh));
        Assert.Equal(page[page.IndexOf("<h1", StringComparison.Ordinal)..][..20],
            refresh[refresh.IndexOf("<h1", StringComparison.Ordinal)..][..20]);
    }

    [Fact]
    public async Task Wall_screen_refreshes_as_it_is() =>
        Assert.Contains("<main class=\"wall\"", await ReadAsync("/wall"));

    [Fact]
    public async Task Refreshes_of_one_beat_are_made_once_and_at_the_next_anew()
    {
        // What was told is kept for two seconds at most: on a machine that stands still, another is made meanwhile.
        string told;
        HttpResponseMessage next = await RefreshAsync("/");
        Assert.Null(next.Headers.Age);
        do
        {
            told = await next.Content.ReadAsStringAsync();
            next.Dispose();
            next = await RefreshAsync("/");
        }
        while (next.Headers.Age is null);

        Assert.Equal(told, await next.Content.ReadAsStringAsync());
        next.Dispose();

        FleetPulse pulse = _site.Host.Room<FleetPulse>();
        using (pulse.Listen(1))
        {
            await pulse.NextAsync(default).WaitAsync(TimeSpan.FromMinutes(2));
        }

        using HttpResponseMessage third = await RefreshAsync("/");
        Assert.Null(third.Headers.Age);
    }

    [Theory]
    [InlineData("/?span=week", "/?span=day")]
    [InlineData("/", "/wall")]
    public async Task Refresh_of_another_page_is_its_own(string one, string other)
    {
        using HttpResponseMessage first = await RefreshAsync(one);
        using HttpResponseMessage second = await RefreshAsync(other);

        Assert.Null(second.Headers.Age);
    }

    [Theory]
    [InlineData("/boards")]
    [InlineData("/settings")]
    public async Task Pages_with_forms_are_made_for_each_reader(string path)
    {
        using HttpResponseMessage first = await RefreshAsync(path);
        using HttpResponseMessage second = await RefreshAsync(path);

        Assert.Null(second.Headers.Age);
    }

    [Fact]
    public async Task Shared_pages_hold_no_form()
    {
        foreach (string path in new[] { "/", "/wall" })
        {
            Assert.DoesNotContain("<form", await ReadAsync(path));
        }
    }

    [Fact]
    public async Task Page_that_is_opened_is_made_for_its_reader()
    {
        using HttpResponseMessage refresh = await RefreshAsync("/");
        using HttpResponseMessage page = await _site.Browser.GetAsync("/");

        Assert.Null(page.Headers.Age);
        Assert.Contains("<nav", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Stranger_is_not_told_what_others_were()
    {
        using HttpResponseMessage owners = await RefreshAsync("/");
        using HttpClient stranger = new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _site.Browser.BaseAddress,
        };
        using HttpRequestMessage request = RefreshOf("/");
        using HttpResponseMessage answer = await stranger.SendAsync(request);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<main", await answer.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage RefreshOf(string path) =>
        new(HttpMethod.Get, path) { Headers = { { "X-Live", "1" }, { "Accept", "text/html" } } };

    private static string HeadOf(string page) => page[..page.IndexOf("</head>", StringComparison.Ordinal)];

    private async Task<HttpResponseMessage> RefreshAsync(string path)
    {
        using HttpRequestMessage request = RefreshOf(path);
        HttpResponseMessage answer = await _site.Browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private async Task<string> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await RefreshAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}
