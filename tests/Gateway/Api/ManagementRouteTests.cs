using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>What the pages change, changed by the API: labels, orders to many, settings, upstreams.</summary>
public sealed class ManagementRouteTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = GatewayConfiguration.Load(
            ["--Http:Port=0", "--Mqtt:Port=0", $"--Storage:DataDirectory={_directory.Path}"], _directory.Path);
        _host = GatewayHost.Create(options, TimeProvider.System, new Random(1), new FixedUpstream());
        await _host.StartAsync();
        _http.BaseAddress = new Uri($"http://{_host.HttpEndPoint}");
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", _host.NewOwnerToken!.Reveal());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Label_is_found_by_its_words_and_leaves_what_it_does_not_name()
    {
        await _host.EnrolAsync("board-1", TestStore.Key);
        await _host.EnrolAsync("board-2", TestStore.Key);

        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/v1/devices/board-1/label", new { name = "Kitchen" }));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/v1/devices/board-1/label", new { group = "Home" }));
        JsonElement found = await GetAsync("/v1/boards?text=kitchen&group=Home&sort=proven&descending=true");

        Assert.Equal((1, 2), (found.GetProperty("matching").GetInt32(), found.GetProperty("total").GetInt32()));
        JsonElement board = Assert.Single(found.GetProperty("boards").EnumerateArray().ToArray());
        Assert.Equal("board-1", board.GetProperty("id").GetString());
        Assert.Equal("not-seen", board.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync("/v1/devices/nobody/label", new { name = "Kitchen" }));
        Assert.Equal(HttpStatusCode.BadRequest,
            await PutAsync("/v1/devices/board-1/label", new { name = new string('x', 41) }));
    }

    [Fact]
    public async Task Order_to_many_is_answered_for_each()
    {
        await _host.EnrolAsync("board-1", TestStore.Key);
        object order = new { devices = new[] { "board-1", "nobody" }, command = "identify", value = 5 };

        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/orders", order);
        JsonElement answers = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("answers");

        Assert.Equal(["board-1 offline", "nobody no-such-device"], answers.EnumerateArray()
            .Select(one => $"{one.GetProperty("device").GetString()} {one.GetProperty("result").GetString()}"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/v1/orders", new { devices = new[] { "board-1" } }));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/v1/orders", new { command = "pause" }));
    }

    [Fact]
    public async Task Device_revoked_is_restored()
    {
        await _host.EnrolAsync("board-1", TestStore.Key);
        await PostAsync("/v1/devices/board-1/revoke", null);
        Assert.Equal("revoked", await StateAsync());

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/v1/devices/board-1/restore", null));

        Assert.Equal("not-seen", await StateAsync());
    }

    [Fact]
    public async Task Setting_is_kept_until_it_is_taken_back()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/v1/settings/Shares:Interval", new { value = "10s" }));
        Assert.Equal("page", (await SettingAsync("Shares:Interval")).GetProperty("origin").GetString());
        using HttpResponseMessage reset = await _http.DeleteAsync("/v1/settings/Shares:Interval");

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal("default", (await SettingAsync("Shares:Interval")).GetProperty("origin").GetString());
    }

    [Theory]
    [InlineData("Shares:Interval", "soon")]
    [InlineData("Shares:Nothing", "1")]
    [InlineData("Storage:DataDirectory", "/elsewhere")]
    public async Task Setting_that_does_not_fit_is_refused_with_its_key(string key, string value)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync($"/v1/settings/{key}", new { value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(key.Split(':')[1], await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Shares:Interval", "10s", HttpStatusCode.NoContent)]
    [InlineData("Owner:TrustLoopback", "true", HttpStatusCode.Forbidden)]
    [InlineData("Access:SessionLife", "300d", HttpStatusCode.Forbidden)]
    [InlineData("rewards:rule", "tariff", HttpStatusCode.Forbidden)]
    public async Task Setting_of_who_comes_in_or_is_paid_needs_that_scope_too(
        string key, string value, HttpStatusCode expected)
    {
        using HttpResponseMessage made = await _http.PostAsJsonAsync(
            "/v1/tokens", new { name = "settings", scopes = new[] { "settings" } });
        string code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", code);

        Assert.Equal(expected, await PutAsync($"/v1/settings/{key}", new { value }));
    }

    [Fact]
    public async Task Upstreams_are_set_as_a_whole_and_never_show_a_password()
    {
        object pool = new { url = "stratum+tcp://pool.example:3333", user = "bc1q.name", password = "hunter2 hunter2" };

        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/v1/upstreams", new { upstreams = new[] { pool } }));
        JsonElement page = await GetAsync("/v1/upstreams");

        Assert.Equal("stratum+tcp://pool.example:3333",
            Assert.Single(page.GetProperty("next").EnumerateArray().ToArray()).GetProperty("url").GetString());
        Assert.DoesNotContain("hunter2", page.GetRawText());
        Assert.Equal(HttpStatusCode.BadRequest,
            await PutAsync("/v1/upstreams", new { upstreams = new[] { new { url = "ftp://pool.example" } } }));
    }

    [Fact]
    public async Task Upstream_test_says_what_it_found()
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/upstreams/test", new { });
        JsonElement found = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(found.GetProperty("works").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/v1/upstreams/test", new { url = "ftp://nowhere" }));
    }

    private async Task<string?> StateAsync() => (await GetAsync("/v1/boards"))
        .GetProperty("boards")[0].GetProperty("state").GetString();

    private async Task<JsonElement> SettingAsync(string key) => (await GetAsync("/v1/settings"))
        .GetProperty("settings").EnumerateArray().Single(one => one.GetProperty("key").GetString() == key);

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    private async Task<HttpStatusCode> PutAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(path, body);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PostAsync(string path, object? body)
    {
        using HttpResponseMessage answer = await _http.PostAsync(path, body is null ? null : JsonContent.Create(body));
        return answer.StatusCode;
    }
}
