using System.Net;
using System.Text.Json;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Events;

public sealed class EventRouteTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private HttpClient _http = null!;
    private RunningGateway _gateway = null!;

    private EventJournal Journal => _gateway.Host.Room<EventJournal>();

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
        Journal.Publish(EventKind.BoardLost, "kitchen", "The board kitchen is away.");
        Journal.Publish(EventKind.BlockFound, "cellar", "A block.");
        await Journal.FlushAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_page_has_what_was_asked_for_and_says_where_to_go_on()
    {
        JsonElement page = await GetAsync("/v1/events?kind=board-lost&kind=block-found&limit=1");
        JsonElement item = Assert.Single(page.GetProperty("events").EnumerateArray().ToArray());
        long id = item.GetProperty("id").GetInt64();
        JsonElement older = await GetAsync($"/v1/events?kind=board-lost&before={page.GetProperty("next")}");

        Assert.Equal(("block-found", "info", "cellar", "A block."), (item.GetProperty("kind").GetString(),
            item.GetProperty("severity").GetString(), item.GetProperty("subject").GetString(),
            item.GetProperty("text").GetString()));
        Assert.Equal(id - 1, older.GetProperty("events")[0].GetProperty("id").GetInt64());
        Assert.Equal(JsonValueKind.Null, older.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("kind=nonsense")]
    [InlineData("least=fatal")]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("before=x")]
    public async Task A_parameter_that_is_none_is_refused(string query)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"/v1/events?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_stream_goes_on_where_its_reader_was()
    {
        using HttpRequestMessage request = Stream("/v1/events?least=info");
        request.Headers.Add("Last-Event-ID", "1");
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await answer.Content.ReadAsStreamAsync());
        Journal.Publish(EventKind.PayoutSent, "cellar", "5 sat arrived.");

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        string[] kinds = [];
        while (kinds is not [.., "payout-sent"])
        {
            string line = (await reader.ReadLineAsync().WaitAsync(s_patience))!;
            kinds = line.StartsWith("event: ", StringComparison.Ordinal) ? [.. kinds, line[7..]] : kinds;
        }

        Assert.Equal("block-found", kinds[^2]);
        string data = (await reader.ReadLineAsync().WaitAsync(s_patience))!;
        Assert.Equal("5 sat arrived.", JsonDocument.Parse(data["data: ".Length..]).RootElement
            .GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_stream_has_only_what_was_asked_for_and_ends_with_the_gateway()
    {
        using HttpRequestMessage request = Stream("/v1/events?kind=payout-sent&after=0");
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Journal.Publish(EventKind.PayoutSent, "cellar", "5 sat arrived.");
        await Journal.FlushAsync();
        Stream body = await answer.Content.ReadAsStreamAsync();
        using StreamReader reader = new(body);
        string first = "";
        while (!first.StartsWith("event: ", StringComparison.Ordinal))
        {
            first = (await reader.ReadLineAsync().WaitAsync(s_patience))!;
        }

        Task<string> rest = reader.ReadToEndAsync();
        await _gateway.Host.StopAsync();

        Assert.Equal("event: payout-sent", first);
        Assert.DoesNotContain("event:", await rest.WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_last_event_that_is_no_number_is_refused()
    {
        using HttpRequestMessage request = Stream("/v1/events");
        request.Headers.Add("Last-Event-ID", "one");
        using HttpResponseMessage answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static HttpRequestMessage Stream(string path)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        return request;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using Stream body = await _http.GetStreamAsync(path);
        return (await JsonDocument.ParseAsync(body)).RootElement.Clone();
    }
}
