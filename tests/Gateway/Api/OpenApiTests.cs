using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>The description of the API against the API itself.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    /// <summary>Routes that are described elsewhere: this document, and Prometheus' own format.</summary>
    private static readonly string[] s_elsewhere = ["GET /metrics", "GET /openapi/{documentName}.json"];

    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Client();
        _document = await _http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public void Document_describes_exactly_the_routes_that_there_are() => Assert.Equal(
        Routes().Select(r => r.Name).Except(s_elsewhere).Order(StringComparer.Ordinal),
        Operations().Select(operation => operation.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Operation_has_a_name_of_its_own_and_a_sentence()
    {
        Assert.All(Operations(), operation => Assert.NotEqual("", operation.Body.GetProperty("summary").GetString()));
        string[] names = [.. Operations().Select(o => o.Body.GetProperty("operationId").GetString()!)];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Operation_asks_for_the_credential_that_its_route_asks_for() => Assert.All(Routes(), route =>
    {
        if (Operations().FirstOrDefault(o => o.Name == route.Name).Body is { ValueKind: JsonValueKind.Object } body)
        {
            string[] schemes = body.TryGetProperty("security", out JsonElement security)
                ? [.. security.EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(one => one.Name)]
                : [];
            string[] expected = route.Need is not null ? ["token", "session"]
                : route.IsBoards ? ["board"]
                : [];
            Assert.Equal(expected, schemes);
        }
    });

    [Fact]
    public void Operation_that_can_be_refused_says_so_with_problem_details() => Assert.All(
        Operations().SelectMany(o => o.Body.GetProperty("responses").EnumerateObject().Select(r => (o.Name, r))), one =>
        {
            if (one.r.Name[0] is '4' or '5' && one.Name != "GET /healthz")
            {
                Assert.True(one.r.Value.GetProperty("content").TryGetProperty("application/problem+json", out _));
            }
        });

    [Fact]
    public void Answer_with_a_body_has_an_example_that_fits_its_schema()
    {
        List<string> problems = [];
        JsonSchema schema = new(_document);
        foreach ((string name, JsonElement body) in Operations())
        {
            foreach (JsonProperty response in body.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name[0] == '2'))
            {
                if (response.Value.TryGetProperty("content", out JsonElement content)
                    && content.TryGetProperty("application/json", out JsonElement json))
                {
                    problems.AddRange(json.TryGetProperty("example", out JsonElement example)
                        ? schema.Check(example, json.GetProperty("schema")).Select(p => $"{name}: {p}")
                        : [$"{name} has no example"]);
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Document_names_every_scope() => Assert.All(AccessScope.All, scope => Assert.Contains(
        scope, _document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token")
            .GetProperty("description").GetString()));

    private IEnumerable<(string Name, ScopeNeeded? Need, bool IsBoards)> Routes() =>
        from route in _gateway.Host.Room<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select ($"{method} {Regex.Replace(route.RoutePattern.RawText!, @"(\{[^}:]+):[^}]+\}", "$1}")}",
            route.Metadata.GetMetadata<ScopeNeeded>(), route.Metadata.GetMetadata<BoardsOwnKey>() is not null);

    private IEnumerable<(string Name, JsonElement Body)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
}
