using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>What every answer says alike.</summary>
public sealed class ApiHeadersTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(options => options.Owner.MaxFailuresPerMinute = 3);
        _http = _gateway.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Answer_that_needs_a_scope_is_stored_nowhere_and_has_no_validator()
    {
        string[] paths = [.. from route in _gateway.Host.Room<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                             where route.Metadata.GetMetadata<ScopeNeeded>() is not null
                                 && route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")
                             select Regex.Replace(route.RoutePattern.RawText!, @"\{[^}]*\}", "1")];
        Assert.True(paths.Length > 20);
        foreach (string path in paths)
        {
            using HttpResponseMessage answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
            Assert.Null(answer.Headers.ETag);
        }
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Address_that_does_not_exist_says_where_all_of_them_are(string? accept)
    {
        _http.DefaultRequestHeaders.Remove("Accept");
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        foreach ((string method, string path, HttpStatusCode expected) in ((string, string, HttpStatusCode)[])
            [
                ("GET", "/v1", HttpStatusCode.NotFound), ("GET", "/v1/nothing/at/all", HttpStatusCode.NotFound),
                ("DELETE", "/v1/stats", HttpStatusCode.MethodNotAllowed),
            ])
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            using HttpResponseMessage answer = await _http.SendAsync(request);
            Assert.Equal((expected, "application/problem+json"),
                (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Contains("/openapi/v1.json", problem.GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task Too_many_failures_say_when_to_come_again()
    {
        using HttpClient stranger = _gateway.Client(new string('0', 64) + "-" + _gateway.OwnerToken.Pin);
        for (int i = 0; i < 3; i++)
        {
            (await stranger.GetAsync("/v1/stats")).Dispose();
        }

        using HttpResponseMessage answer = await stranger.GetAsync("/v1/stats");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Gateway_that_cannot_now_says_when_to_come_again()
    {
        EventJournal journal = _gateway.Host.Room<EventJournal>();
        List<EventListener> listeners = [];
        while (journal.TryListen() is { } listener)
        {
            listeners.Add(listener);
        }

        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/events");
        request.Headers.Add("Accept", EventStream.ContentType);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        listeners.ForEach(listener => listener.Dispose());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(ApiHeaders.RetryAfter, answer.Headers.RetryAfter?.Delta);
    }
}
