using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>Every list of the API comes in pages of one kind, and says so.</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
        await _gateway.Host.EnrolAsync("1", TestStore.Key);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Limit_out_of_range_is_refused_by_every_list()
    {
        Assert.NotEmpty(Lists());
        foreach ((string path, PageSize size) in Lists())
        {
            foreach (int limit in (int[])[0, -1, size.Most + 1])
            {
                Assert.Equal((HttpStatusCode.BadRequest, $"'limit' is out of range; take 1 to {size.Most}."),
                    await RefusalOf($"{path}?limit={limit}"));
            }
        }
    }

    [Theory]
    [InlineData("/v1/devices?from=-1", "'from' is out of range; take 0 or more.")]
    [InlineData("/v1/boards?from=-1", "'from' is out of range; take 0 or more.")]
    [InlineData("/v1/accounts?from=-1", "'from' is out of range; take 0 or more.")]
    [InlineData("/v1/payouts?before=0", "'before' is out of range; take an entry's number, as 'next' names it.")]
    [InlineData("/v1/events?before=0", "'before' is out of range; take an entry's number, as 'next' names it.")]
    public async Task Start_out_of_range_is_refused(string query, string detail) =>
        Assert.Equal((HttpStatusCode.BadRequest, detail), await RefusalOf(query));

    [Fact]
    public async Task Description_says_how_long_a_page_is()
    {
        JsonElement paths = (await _http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        foreach ((string path, PageSize size) in Lists("{$1}"))
        {
            JsonElement limit = paths.GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Single(parameter => parameter.GetProperty("name").GetString() == "limit").GetProperty("schema");
            Assert.Equal((1, size.Most, size.Usual), (limit.GetProperty("minimum").GetInt32(),
                limit.GetProperty("maximum").GetInt32(), limit.GetProperty("default").GetInt32()));
        }
    }

    [Fact]
    public async Task Answer_of_every_list_says_where_the_next_page_begins()
    {
        foreach ((string path, PageSize _) in Lists())
        {
            using HttpResponseMessage answer = await _http.GetAsync(path);
            JsonElement page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound || page.TryGetProperty("next", out _), path);
        }
    }

    [Theory]
    [InlineData(0, 2, 2, 5, 2)]
    [InlineData(4, 2, 1, 5, null)]
    [InlineData(0, 5, 5, 5, null)]
    [InlineData(9, 2, 0, 5, null)]
    [InlineData(null, null, 0, 0, null)]
    public void Next_page_begins_behind_this_one(int? from, int? limit, int shown, int total, int? next) =>
        Assert.Equal(next, new PageFrom(from, limit).Next(shown, total));

    [Fact]
    public void Full_page_of_the_newest_may_have_another_behind_it()
    {
        Assert.Equal(3, new PageBefore(null, 2).Next([4L, 3L], number => number));
        Assert.Null(new PageBefore(null, 3).Next([4L, 3L], number => number));
    }

    private async Task<(HttpStatusCode Status, string? Detail)> RefusalOf(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.GetProperty("detail").GetString());
    }

    private IEnumerable<(string Path, PageSize Size)> Lists(string parameter = "1") =>
        from route in _gateway.Host.Room<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let size = route.Metadata.GetMetadata<PageSize>()
        where size is not null
        select (Regex.Replace(route.RoutePattern.RawText!, @"\{(\w+)[^}]*\}", parameter), size);
}
