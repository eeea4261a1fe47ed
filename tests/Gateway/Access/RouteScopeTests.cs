using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Every route of the API with every kind of credential: who has the scope gets by, nobody else.</summary>
public sealed class RouteScopeTests : IAsyncLifetime
{
    /// <summary>Routes that ask for nothing, each with its reason.</summary>
    private static readonly string[] s_open =
    [
        "GET /healthz", // says only whether all is well
        "GET /metrics", // a setting of its own; sums, nobody's name
        "GET /openapi/{documentName}.json",
        "GET /v1/authority", // a certificate, to be compared with a token
        "GET /v1/proofs", // what a proof costs and how many boards decide, before anybody pays
        "GET /v1/update", // signed, and no secret
        "GET /v1/update/{release}/{chunk}",
        "POST /v1/proofs", // anybody who pays
        "POST /v1/session", // the sign-in itself
        "POST /v1/welcome",
    ];

    private static readonly string[] s_guardsWords =
        ["bad-token", "missing-scope", "cross-site", "needs-tls", "too-many-failures"];

    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(
        options => options.Owner.MaxFailuresPerMinute = 1_000);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public static TheoryData<string> Credentials =>
    [
        "nothing", "a wrong token", "a join code", "the owner token", "a viewer's session", "an owner's session",
        "an ended session", .. AccessScope.All,
    ];

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Credential_opens_the_routes_of_its_scopes_and_no_other(string credential)
    {
        List<string> wrong = [];
        foreach ((string method, RouteEndpoint route) in Routes().Where(r => NeedOf(r.Route) is not null))
        {
            (Action<HttpRequestMessage> present, string[] scopes) = await CreateAsync(credential);
            string[] anyOf = NeedOf(route)!.AnyOf;
            bool isLetIn = scopes.Length > 0 && (anyOf.Length == 0 || anyOf.Intersect(scopes).Any());
            if (await IsLetInAsync(method, route, present) != isLetIn)
            {
                wrong.Add($"{method} {route.RoutePattern.RawText} is {(isLetIn ? "closed" : "open")}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Route_without_a_scope_is_one_of_those_that_are_meant_to_be_open() => Assert.Equal(
        s_open.Order(StringComparer.Ordinal),
        Routes().Where(r => NeedOf(r.Route) is null && !IsBoards(r.Route))
            .Select(r => $"{r.Method} {r.Route.RoutePattern.RawText}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Route_for_a_boards_own_key_is_not_for_the_owners_token()
    {
        foreach ((string method, RouteEndpoint route) in Routes().Where(r => IsBoards(r.Route)))
        {
            using HttpClient http = _gateway.Client();
            using HttpRequestMessage request = new(new HttpMethod(method), PathOf(route));
            request.Content = method == "GET" ? null : ContentFor(route);
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }

    [Fact]
    public void Route_that_changes_something_asks_for_more_than_reading() => Assert.DoesNotContain(
        Routes(), r => r.Method != "GET" && NeedOf(r.Route)?.AnyOf.Contains(AccessScope.Read) == true);

    [Fact]
    public void Route_with_a_scope_has_the_policy_that_checks_it() => Assert.All(
        Routes().Where(r => NeedOf(r.Route) is not null), r =>
            Assert.NotNull(r.Route.Metadata.GetMetadata<IAuthorizeData>()));

    private IEnumerable<(string Method, RouteEndpoint Route)> Routes() =>
        from route in _gateway.Host.Room<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select (method, route);

    private static ScopeNeeded? NeedOf(RouteEndpoint route) => route.Metadata.GetMetadata<ScopeNeeded>();

    private static bool IsBoards(RouteEndpoint route) => route.Metadata.GetMetadata<BoardsOwnKey>() is not null;

    private static string PathOf(RouteEndpoint route) =>
        Regex.Replace(route.RoutePattern.RawText!, @"\{[^}]+\}", "1");

    private async Task<bool> IsLetInAsync(string method, RouteEndpoint route, Action<HttpRequestMessage> present)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{_gateway.Host.HttpEndPoint}") };
        using HttpRequestMessage request = new(new HttpMethod(method), PathOf(route));
        request.Content = method == "GET" ? null : ContentFor(route);
        present(request);
        using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return true;
        }

        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return !s_guardsWords.Contains(problem.GetProperty("title").GetString());
    }

    private static HttpContent ContentFor(RouteEndpoint route)
    {
        string type = route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json";
        StringContent content = new("{}");
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>Made anew for each route: some of them end a session.</summary>
    private async Task<(Action<HttpRequestMessage> Present, string[] Scopes)> CreateAsync(string credential)
    {
        switch (credential)
        {
            case "nothing":
                return (_ => { }, []);
            case "a wrong token":
                return (Bearer(new string('0', 64) + "-" + _gateway.OwnerToken.Pin), []);
            case "a join code":
                JoinTicket ticket = (await _gateway.Host.Room<JoinCodes>().CreateAsync())!;
                return (Bearer(ticket.Code!.Reveal()), [AccessScope.Join]);
            case "the owner token":
                return (Bearer(_gateway.OwnerToken.Reveal()), [.. AccessScope.All]);
            case "a viewer's session":
                return (Cookie(await BeginAsync(AccessRole.Viewer)), [AccessScope.Read]);
            case "an owner's session":
                return (Cookie(await BeginAsync(AccessRole.Owner)), [.. AccessScope.All]);
            case "an ended session":
                string secret = await BeginAsync(AccessRole.Owner);
                _gateway.Host.Room<SessionBook>().End(AccessSecret.DigestOf(secret));
                return (Cookie(secret), []);
            default:
                var made = await _gateway.Host.Room<TokenBook>().CreateAsync("test", [credential], 0, null);
                return (Bearer(made!.Value.Code.Reveal()), [credential]);
        }
    }

    private async Task<string> BeginAsync(AccessRole role)
    {
        UserBook users = _gateway.Host.Room<UserBook>();
        User user = users.Find(role.ToString()) ?? (await users.AddAsync(role.ToString(), role, "")).User!;
        return _gateway.Host.Room<SessionBook>().Begin(user.Id);
    }

    private static Action<HttpRequestMessage> Bearer(string token) =>
        request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static Action<HttpRequestMessage> Cookie(string secret) => request =>
    {
        request.Headers.Add("Cookie", $"{SessionCookie.PlainName}={secret}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
    };
}
