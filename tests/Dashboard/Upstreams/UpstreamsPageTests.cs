using System.Net;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Dashboard.Tests.Upstreams;

/// <summary>One story in one gateway of its own: its steps build on each other.</summary>
public sealed class UpstreamsPageTests : IAsyncLifetime
{
    private const string First = "stratum+tcp://one.example:3333";
    private const string Second = "stratum+tcp://two.example:3333";

    private readonly Site _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Pools_are_added_ordered_and_removed_and_kept_for_the_next_start()
    {
        Assert.Contains("practice chain", await _site.PageAsync("/upstreams"));
        await AddAsync(First);
        await AddAsync(Second);
        string page = await _site.PageAsync("/upstreams");
        Assert.Contains("counts from the next start on", page);
        Assert.DoesNotContain("hunter22", page);

        using HttpResponseMessage up = await _site.SendAsync("/upstreams", "list", ("Deed", "up:1"));
        Assert.Equal(HttpStatusCode.Found, up.StatusCode);
        Assert.True(_site.Kept.IndexOf(Second, StringComparison.Ordinal)
            < _site.Kept.IndexOf(First, StringComparison.Ordinal), _site.Kept);

        using HttpResponseMessage gone = await _site.SendAsync("/upstreams", "list", ("Deed", "remove:0"));
        Assert.DoesNotContain(Second, _site.Kept);
        Assert.Contains(First, _site.Kept);
    }

    [Theory]
    [InlineData("one.example:3333", "is no upstream")]
    [InlineData("stratum+tcp://one.example", "names no port")]
    [InlineData("http://127.0.0.1:8332", "PayoutAddress")]
    public async Task Upstream_that_cannot_be_is_refused_and_what_was_typed_stays(string url, string reason)
    {
        using HttpResponseMessage answer = await _site.SendAsync(
            "/upstreams", "add", ("Form.Url", url), ("Form.User", "typed.user"), ("Form.Deed", "add"));
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(reason, page);
        Assert.Contains("value=\"typed.user\"", page);
        Assert.Equal("", _site.Kept);
    }

    [Fact]
    public async Task Test_of_a_pool_that_is_not_there_says_so_and_keeps_nothing()
    {
        using HttpResponseMessage answer = await _site.SendAsync("/upstreams", "add",
            ("Form.Url", "stratum+tcp://127.0.0.1:1"), ("Form.User", "typed.user"), ("Form.Deed", "test"));
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("class=\"problem bad\"", page);
        Assert.Contains("value=\"typed.user\"", page);
        Assert.Equal("", _site.Kept);
    }

    [Theory]
    [InlineData("up:0")]
    [InlineData("remove:7")]
    [InlineData("nonsense")]
    public async Task Deed_that_does_not_fit_the_list_changes_nothing(string deed)
    {
        await AddAsync(First);
        string before = _site.Kept;

        using HttpResponseMessage answer = await _site.SendAsync("/upstreams", "list", ("Deed", deed));

        Assert.Equal(before, _site.Kept);
    }

    [Fact]
    public async Task Where_a_program_chose_the_list_the_page_points_to_no_form()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dashboard-tests-");
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = folder.FullName;
        using EmbeddedChain chain = new(
            EmbeddedChain.DefaultBlockTime, () => 0, TimeProvider.System, new MemoryChainStore());
        await using (GatewayHost host = GatewayHost.Create(
            options, TimeProvider.System, new Random(1), chain, extension: DashboardSite.Extension))
        {
            await host.StartAsync();
            using HttpClient http = new();
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {host.NewOwnerToken!.Reveal()}");

            string page = await http.GetStringAsync(new Uri($"http://{host.HttpEndPoint}/upstreams"));

            Assert.Contains("set by the program that started this gateway", page);
            Assert.Contains("it cannot be changed here", page);
            Assert.DoesNotContain("below", page);
        }

        folder.Delete(recursive: true);
    }

    private async Task AddAsync(string url)
    {
        using HttpResponseMessage answer = await _site.SendAsync("/upstreams", "add",
            ("Form.Url", url), ("Form.User", "bc1q.name"), ("Form.Password", "hunter22"), ("Form.Deed", "add"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }
}
