using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>A board joins, as programs see it.</summary>
public sealed class JoinRouteTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

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
    public async Task Progress_is_followed_from_the_code_to_the_first_proven_share()
    {
        JsonElement made = await CreateAsync(new { model = "esp32-devkitc", group = "Attic" });
        string path = $"/v1/join-codes/{made.GetProperty("number").GetString()}";
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader stream = new(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("waiting", await NextAsync(stream));

        Assert.Equal(HttpStatusCode.OK, await EnrolAsync(made, "board-1"));
        await using TestBoard board = await _gateway.BoardAsync("board-1");
        await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));

        List<string> stages = [];
        while (stages is not [.., "proven"])
        {
            stages.Add(await NextAsync(stream));
        }

        // Nothing comes behind it, and the pages' reader of the same code sees the same.
        Assert.Equal("", (await stream.ReadToEndAsync().WaitAsync(s_patience)).Trim());
        string[] order = ["configured", "connected", "working", "proven"];
        Assert.Equal(stages, order.Intersect(stages));
        JsonElement now = await _http.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal(("proven", "board-1"),
            (now.GetProperty("stage").GetString(), now.GetProperty("device").GetString()));
        Assert.Equal("proven", (await _http.GetFromJsonAsync<JsonElement>("/v1/devices/board-1/join"))
            .GetProperty("stage").GetString());
        JsonElement list = await _http.GetFromJsonAsync<JsonElement>("/v1/join-codes");
        Assert.Equal(now.ToString(), list.GetProperty("joinCodes")[0].ToString());
    }

    [Fact]
    public async Task Code_works_over_a_restart_and_says_what_came_of_it()
    {
        JsonElement made = await CreateAsync(null);
        await RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await EnrolAsync(made, "board-1"));
        await RestartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await EnrolAsync(made, "board-2"));
        JsonElement now = await _http.GetFromJsonAsync<JsonElement>(
            $"/v1/join-codes/{made.GetProperty("number").GetString()}");
        Assert.Equal(("configured", "board-1"),
            (now.GetProperty("stage").GetString(), now.GetProperty("device").GetString()));
    }

    [Fact]
    public async Task Miner_that_has_not_come_is_waited_for()
    {
        Assert.Equal("waiting", (await _http.GetFromJsonAsync<JsonElement>("/v1/devices/account.rig/join"))
            .GetProperty("stage").GetString());
        await _gateway.Host.Room<DeviceRegistry>().FindOrEnrolWorkerAsync("account.rig");
        Assert.Equal("configured", (await _http.GetFromJsonAsync<JsonElement>("/v1/devices/account.rig/join"))
            .GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Board_that_is_no_model_is_refused_with_those_that_are()
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/join-codes", new { model = "toaster" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("esp32-devkitc", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Code_that_is_not_known_is_404() => Assert.Equal(
        HttpStatusCode.NotFound, (await _http.GetAsync("/v1/join-codes/0123456789abcdef")).StatusCode);

    private async Task<JsonElement> CreateAsync(object? wish)
    {
        using HttpResponseMessage answer = wish is null
            ? await _http.PostAsync("/v1/join-codes", null)
            : await _http.PostAsJsonAsync("/v1/join-codes", wish);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> EnrolAsync(JsonElement made, string device)
    {
        using HttpClient http = _gateway.Client(made.GetProperty("code").GetString());
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            "/v1/enrol", new { device, key = Convert.ToHexStringLower(TestStore.Key) });
        return answer.StatusCode;
    }

    private async Task RestartAsync()
    {
        await _gateway.RestartAsync();
        _http.Dispose();
        _http = _gateway.Client();
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        string line = "";
        while (!line.StartsWith("data: ", StringComparison.Ordinal))
        {
            line = await stream.ReadLineAsync().WaitAsync(s_patience) ?? throw new EndOfStreamException();
        }

        return JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("stage").GetString()!;
    }
}
