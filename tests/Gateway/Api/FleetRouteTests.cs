using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Api;

public sealed class FleetRouteTests : IAsyncLifetime
{
    private HttpClient _http = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Devices_come_a_page_at_a_time()
    {
        foreach (string id in (string[])["a", "b", "c"])
        {
            await _gateway.Host.EnrolAsync(id, TestStore.Key);
        }

        JsonElement first = await GetAsync("/v1/devices?limit=2");
        JsonElement second = await GetAsync($"/v1/devices?limit=2&from={first.GetProperty("next")}");

        Assert.Equal(["a", "b"], Ids(first));
        Assert.Equal(["c"], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(3, second.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/v1/devices?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/devices?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("/v1/devices?from=-1", HttpStatusCode.BadRequest)]
    [InlineData("/v1/devices?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/v1/devices/nobody", HttpStatusCode.NotFound)]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound)]
    public async Task Request_that_cannot_be_answered_gets_problem_details(string path, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Device_shows_what_it_claims_beside_what_it_has_proven()
    {
        await using TestBoard board = await _gateway.EnrolAsync("board-1");
        await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        Telemetry telemetry = new() { HashRate = 350_000, State = "mining", Scanner = "managed" };
        await board.Mqtt.PublishAsync(Topics.Telemetry("board-1"), telemetry.ToJson(), QualityOfService.AtLeastOnce);

        JsonElement device = await GetAsync("/v1/devices/board-1");

        Assert.Equal(350_000, device.GetProperty("claimedHashesPerSecond").GetDouble());
        Assert.True(device.GetProperty("provenHashesPerSecond").GetDouble() > 0);
        Assert.Equal("mining", device.GetProperty("state").GetString());
        Assert.True(device.GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Device_that_says_so_is_offline()
    {
        TestBoard board = await _gateway.EnrolAsync("board-1");
        byte[] word = "offline"u8.ToArray();
        await board.Mqtt.PublishAsync(Topics.Status("board-1"), word, QualityOfService.AtLeastOnce, retain: true);

        Assert.False((await GetAsync("/v1/devices/board-1")).GetProperty("online").GetBoolean());
        await board.DisposeAsync();
    }

    [Fact]
    public async Task Statistics_count_shares_by_verdict()
    {
        await using TestBoard board = await _gateway.EnrolAsync("board-1");
        ShareRecord share = TestBoard.Mine(await board.FetchAsync(), 1);
        await board.SendAsync(share);
        share.Sequence = 2;
        await board.SendAsync(share);

        JsonElement statistics = await GetAsync("/v1/stats");

        Assert.Equal(1, statistics.GetProperty("shares").GetProperty("Accepted").GetInt64());
        Assert.Equal(1, statistics.GetProperty("shares").GetProperty("Duplicate").GetInt64());
        Assert.Equal(1, statistics.GetProperty("devices").GetInt32());
        Assert.Equal(1, statistics.GetProperty("job").GetProperty("lanes").GetInt64());
        Assert.Equal("fixed", statistics.GetProperty("upstream").GetString());
    }

    [Fact]
    public async Task Health_store_locked_is_503_with_the_reason_until_it_is_free()
    {
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/healthz")).StatusCode);
        TaskCompletionSource faulty = new();
        TaskCompletionSource fine = new();
        _gateway.Host.Room<GroupCommit>().FaultChanged += f => (f is null ? fine : faulty).TrySetResult();
        using Database other = Database.Open(_gateway.DatabasePath);
        other.Execute("BEGIN IMMEDIATE");
        Task enrolling = _gateway.Host.EnrolAsync("late", TestStore.Key);
        await faulty.Task.WaitAsync(TimeSpan.FromSeconds(20));

        using HttpResponseMessage bad = await _http.GetAsync("/healthz");
        string text = await bad.Content.ReadAsStringAsync();
        other.Execute("ROLLBACK");
        await fine.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await enrolling;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, bad.StatusCode);
        Assert.Contains("Another process holds the database", text);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/healthz")).StatusCode);
    }

    private static string[] Ids(JsonElement page) =>
        [.. page.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("id").GetString()!)];

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);
}
