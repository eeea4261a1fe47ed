using System.Net;
using System.Text.Json;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Series;

public sealed class SeriesRouteTests : IAsyncLifetime
{
    private readonly Mqtt.Tests.ManualTime _time = new();
    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _time.Advance(TimeSpan.FromDays(20_000));
        _gateway = await RunningGateway.StartAsync(time: _time);
        _http = _gateway.Client();
        await _gateway.EnrolAsync("kitchen", connect: false);
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_fleet_has_points_and_gaps()
    {
        JsonElement chart = await GetAsync("/v1/series/work?minutes=4&points=4");
        JsonElement[] points = [.. chart.GetProperty("points").EnumerateArray()];

        Assert.Equal(60, chart.GetProperty("stepSeconds").GetInt32());
        Assert.Equal(
            [JsonValueKind.Null, JsonValueKind.Object, JsonValueKind.Object, JsonValueKind.Null],
            points.Select(point => point.ValueKind));
        Assert.Equal((1, "0"), (points[1].GetProperty("minutes").GetInt32(), points[1].GetProperty("sum").GetString()));
    }

    [Fact]
    public async Task A_board_that_was_never_here_is_all_gap()
    {
        JsonElement chart = await GetAsync("/v1/devices/kitchen/series/temperature");

        Assert.All(chart.GetProperty("points").EnumerateArray(),
            point => Assert.Equal(JsonValueKind.Null, point.ValueKind));
    }

    [Theory]
    [InlineData("/v1/series/mood", HttpStatusCode.BadRequest)]
    [InlineData("/v1/series/work?minutes=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/series/work?points=10001", HttpStatusCode.BadRequest)]
    [InlineData("/v1/devices/attic/series/work", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_said(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using Stream body = await _http.GetStreamAsync(path);
        return (await JsonDocument.ParseAsync(body)).RootElement.Clone();
    }
}
