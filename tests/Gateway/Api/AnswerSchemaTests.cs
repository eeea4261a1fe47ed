using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Tests.Access;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>Real answers of every GET route, of a gateway on which something has happened, against their schemas.
/// </summary>
public sealed class AnswerSchemaTests : IAsyncLifetime
{
    /// <summary>What there is, by the names that routes have for it; and what there is not.</summary>
    private static readonly Dictionary<string, string> s_known = new()
    {
        ["id"] = "board-1", ["name"] = "owner", ["metric"] = "proven", ["release"] = "1", ["chunk"] = "0",
    };

    /// <summary>Answers without end; what they send has tests of its own.</summary>
    private static readonly string[] s_octets = ["application/octet-stream", "application/x-pem-file", "text/csv"];

    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
        await using TestBoard board = await _gateway.EnrolAsync("board-1");
        await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        Telemetry telemetry = new() { HashRate = 350_000, State = "mining", Scanner = "managed" };
        await board.Mqtt.PublishAsync(Topics.Telemetry("board-1"), telemetry.ToJson(), QualityOfService.AtLeastOnce);
        using Browser owner = new(_gateway.Host.HttpEndPoint);
        await owner.WelcomeAsync(_gateway.Host.WelcomePath!, "maria");
        await owner.SendAsync("POST", "/v1/tokens", new { name = "Grafana", scopes = new[] { "read" } });
        _document = await _http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Answer_of_every_get_route_fits_its_schema()
    {
        List<string> problems = [];
        foreach ((string path, JsonElement operation) in Gets())
        {
            problems.AddRange(await CheckAsync(operation, Regex.Replace(path, @"\{(\w+)\}", name =>
                s_known.GetValueOrDefault(name.Groups[1].Value, "1"))));
            problems.AddRange(await CheckAsync(operation, Regex.Replace(path, @"\{(\w+)\}", "999")));
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("/v1/boards?state=flying")]
    [InlineData("/v1/boards?limit=0")]
    [InlineData("/v1/devices?limit=many")]
    [InlineData("/v1/accounts?from=-1")]
    [InlineData("/v1/events?kind=none")]
    [InlineData("/v1/series/none")]
    public async Task Answer_to_a_parameter_that_is_none_is_a_problem_of_the_schema(string query)
    {
        string path = Gets().Select(get => get.Path).Where(p => Matches(p, query.Split('?')[0])).Single();

        using HttpResponseMessage answer = await _http.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await CheckAsync(Gets().Single(get => get.Path == path).Operation, query));
    }

    private async Task<IEnumerable<string>> CheckAsync(JsonElement operation, string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        string status = ((int)answer.StatusCode).ToString("D");
        if (!operation.GetProperty("responses").TryGetProperty(status, out JsonElement response))
        {
            return [$"{path}: {status} is not described"];
        }

        string type = answer.Content.Headers.ContentType?.MediaType ?? "nothing";
        if (!response.GetProperty("content").TryGetProperty(type, out JsonElement content))
        {
            return [$"{path}: {status} as {type} is not described"];
        }

        if (s_octets.Contains(type))
        {
            return [];
        }

        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new JsonSchema(_document).Check(body, content.GetProperty("schema")).Select(p => $"{path}: {p}");
    }

    private IEnumerable<(string Path, JsonElement Operation)> Gets() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name == "get" && path.Name != "/v1/work" // asks for a board's key: WorkRouteTests
        select (path.Name, operation.Value);

    private static bool Matches(string template, string path) =>
        Regex.IsMatch(path, "^" + Regex.Replace(template, @"\{\w+\}", "[^/]+") + "$");
}
