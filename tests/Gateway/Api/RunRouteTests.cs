using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>Things done to many boards by a program, and how far they are.</summary>
public sealed class RunRouteTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly string[] s_names = ["a", "b", "c"];

    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
        foreach (string name in s_names)
        {
            await _gateway.Host.EnrolAsync(name, TestStore.Key);
        }
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Run_to_named_boards_says_what_became_of_each()
    {
        await using TestBoard board = await _gateway.BoardAsync("a");
        await board.Mqtt.SubscribeAsync(Topics.Command("a"), QualityOfService.AtLeastOnce);
        JsonElement done = await RunAsync(new { @do = "identify", value = 5, devices = new[] { "a", "b", "nobody" } });

        Assert.Equal((3, 1, 1, 1), (Int(done, "devices"), Int(done, "sent"), Int(done, "offline"),
            Int(done, "noSuchDevice")));
        string answers = $"/v1/runs/{Int(done, "number")}/answers?limit=2";
        JsonElement first = await GetAsync(answers);
        JsonElement second = await GetAsync($"{answers}&from={Int(first, "next")}");
        Assert.Equal(["a sent", "b offline", "nobody no-such-device"], [.. AnswersOf(first), .. AnswersOf(second)]);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Run_to_boards_that_are_found_puts_them_into_a_group_and_revokes_them()
    {
        await RunAsync(new { @do = "group", text = " Attic ", devices = new[] { "a", "b" } });
        JsonElement done = await RunAsync(new { @do = "revoke", where = new { group = "Attic" } });

        Assert.Equal((2, 2), (Int(done, "devices"), Int(done, "sent")));
        Assert.Equal([BoardState.Revoked, BoardState.Revoked, BoardState.NotSeen],
            s_names.Select(name => _gateway.Host.Room<BoardCatalogue>().Row(name)!.State));
        JsonElement back = await RunAsync(new { @do = "restore", where = new { state = "revoked" } });
        Assert.Equal(2, Int(back, "sent"));
        JsonElement all = await RunAsync(new { @do = "pause", where = new { } });
        Assert.Equal((3, 3), (Int(all, "devices"), Int(all, "offline")));
    }

    [Fact]
    public async Task Run_that_is_only_written_down_does_nothing_until_it_is_started()
    {
        JsonElement written = await BeginAsync(new { @do = "revoke", devices = new[] { "a" }, start = false });
        string path = $"/v1/runs/{Int(written, "number")}";
        Assert.Equal(JsonValueKind.Null, (await GetAsync(path)).GetProperty("started").ValueKind);
        Assert.NotEqual(BoardState.Revoked, _gateway.Host.Room<BoardCatalogue>().Row("a")!.State);

        (await _http.PostAsync($"{path}/start", null)).Dispose();

        Assert.Equal(1, Int(await FollowAsync(path), "sent"));
    }

    [Fact]
    public async Task Runs_of_pages_and_programs_are_in_one_book()
    {
        DeedBook book = _gateway.Host.Room<DeedBook>();
        await book.RunAsync(book.Propose(new Deed(DeedKind.Duty, 50), ["a"]));
        await RunAsync(new { @do = "pause", devices = new[] { "a" } });

        JsonElement first = await GetAsync("/v1/runs?limit=1");
        JsonElement second = await GetAsync($"/v1/runs?limit=1&before={Int(first, "next")}");

        Assert.Equal(("pause", "duty"), (NameOf(first), NameOf(second)));
    }

    [Theory]
    [InlineData("""{ "do": "fly", "devices": ["a"] }""", "bad-deed")]
    [InlineData("""{ "do": "3", "devices": ["a"] }""", "bad-deed")]
    [InlineData("""{ "do": "duty", "value": 101, "devices": ["a"] }""", "bad-deed")]
    [InlineData("""{ "do": "pause", "text": "now", "devices": ["a"] }""", "bad-deed")]
    [InlineData("""{ "do": "gateway", "text": "no host!", "devices": ["a"] }""", "bad-deed")]
    [InlineData("""{ "do": "pause" }""", "bad-choice")]
    [InlineData("""{ "do": "pause", "devices": [] }""", "bad-choice")]
    [InlineData("""{ "do": "pause", "devices": ["a"], "where": {} }""", "bad-choice")]
    [InlineData("""{ "do": "pause", "where": { "group": "nowhere" } }""", "bad-choice")]
    [InlineData("""{ "do": "pause", "where": { "state": "flying" } }""", "bad-parameter")]
    public async Task Run_that_is_none_is_refused(string body, string reason)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync("/v1/runs", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(reason, problem.GetProperty("title").GetString());
        Assert.Empty((await GetAsync("/v1/runs")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Run_that_is_not_known_is_404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/v1/runs/7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/v1/runs/7/answers")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.PostAsync("/v1/runs/7/start", null)).StatusCode);
    }

    [Fact]
    public async Task Labels_are_given_to_many_at_once()
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync("/v1/labels", new
        {
            labels = new Dictionary<string, object>
            {
                ["a"] = new { name = "Kitchen", group = "Home" }, ["b"] = new { name = "Cellar" }, ["nobody"] = new { },
            },
        });

        JsonElement told = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["a sent", "b sent", "nobody no-such-device"], AnswersOf(told));
        Assert.Equal([("Kitchen", "Home"), ("Cellar", ""), ("", "")], s_names
            .Select(name => _gateway.Host.Room<DeviceRegistry>().Find(name)!.Label)
            .Select(label => (label.Name, label.Group)));
        using HttpResponseMessage bad = await _http.PutAsJsonAsync("/v1/labels", new
        {
            labels = new Dictionary<string, object> { ["a"] = new { name = new string('x', 41) } },
        });
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    private static string? NameOf(JsonElement page) => page.GetProperty("runs")[0].GetProperty("do").GetString();

    private static IEnumerable<string> AnswersOf(JsonElement page) => page.GetProperty("answers").EnumerateArray()
        .Select(one => $"{one.GetProperty("device").GetString()} {one.GetProperty("result").GetString()}");

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    private async Task<JsonElement> RunAsync(object wish) =>
        await FollowAsync($"/v1/runs/{Int(await BeginAsync(wish), "number")}");

    private async Task<JsonElement> BeginAsync(object wish)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/runs", wish);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        JsonElement run = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/v1/runs/{Int(run, "number")}", answer.Headers.Location!.ToString());
        return run;
    }

    /// <summary>Hears of it until it ends.</summary>
    private async Task<JsonElement> FollowAsync(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        string[] lines = (await answer.Content.ReadAsStringAsync().WaitAsync(s_patience)).Split('\n');
        string data = lines.Last(line => line.StartsWith("data: ", StringComparison.Ordinal));
        JsonElement last = JsonDocument.Parse(data["data: ".Length..]).RootElement;
        Assert.True(last.GetProperty("done").GetBoolean());
        return last;
    }
}
