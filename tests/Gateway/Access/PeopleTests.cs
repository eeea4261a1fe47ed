using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>People and tokens over HTTP: made, listed, shut out, and never above one's own rights.</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(time: _time);
        _http = _gateway.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Token_is_listed_with_its_last_use_and_without_its_secret()
    {
        string code = await CreateTokenAsync("Grafana", "read");
        _time.Advance(TimeSpan.FromHours(1));
        using HttpClient program = _gateway.Client(code);
        (await program.GetAsync("/v1/stats")).Dispose();

        string json = await _http.GetStringAsync("/v1/tokens");
        JsonElement token = JsonDocument.Parse(json).RootElement.GetProperty("tokens")[0];

        Assert.Equal("Grafana", token.GetProperty("name").GetString());
        Assert.Equal(_time.GetUtcNow(), token.GetProperty("used").GetDateTimeOffset());
        Assert.DoesNotContain(code.Split('-')[0], json);
    }

    [Fact]
    public async Task Token_outlives_a_restart_and_ends_when_it_was_said_to()
    {
        string code = await CreateTokenAsync("Grafana", "read");
        await _gateway.RestartAsync();
        using HttpClient program = _gateway.Client(code);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, "/v1/stats"));
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, "/v1/stats"));
    }

    [Fact]
    public async Task Token_revoked_is_refused_after_a_restart_too()
    {
        string code = await CreateTokenAsync("Grafana", "read");
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync("/v1/tokens/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.DeleteAsync("/v1/tokens/1")).StatusCode);
        await _gateway.RestartAsync();
        using HttpClient program = _gateway.Client(code);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, "/v1/stats"));
    }

    [Theory]
    [InlineData(null, "read", 30)]
    [InlineData("", "read", 30)]
    [InlineData("Grafana", "everything", 30)]
    [InlineData("Grafana", "read read", 30)]
    [InlineData("Grafana", "", 30)]
    [InlineData("Grafana", "read", 0)]
    [InlineData("Grafana", "read", 366)]
    public async Task Token_that_cannot_be_is_refused(string? name, string scopes, int days)
    {
        string[] list = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/tokens", new { name, scopes = list, days });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Token_for_people_gives_nobody_more_than_it_has()
    {
        using HttpClient program = _gateway.Client(await CreateTokenAsync("clerk", "read", "people"));

        using HttpResponseMessage token = await program.PostAsJsonAsync(
            "/v1/tokens", new { name = "more", scopes = new[] { "money" } });
        using HttpResponseMessage owner = await program.PostAsJsonAsync("/v1/invitations", new { role = "owner" });
        using HttpResponseMessage viewer = await program.PostAsJsonAsync("/v1/invitations", new { role = "viewer" });

        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
        Assert.Equal(HttpStatusCode.OK, viewer.StatusCode);
    }

    [Fact]
    public async Task User_removed_is_out_with_sessions_and_tokens_and_the_last_owner_stays()
    {
        using Browser maria = new(_gateway.Host.HttpEndPoint);
        using Browser paul = new(_gateway.Host.HttpEndPoint);
        await maria.WelcomeAsync(_gateway.Host.WelcomePath!, "maria");
        using HttpResponseMessage invited = await maria.SendAsync("POST", "/v1/invitations", new { role = "owner" });
        await paul.WelcomeAsync((await ReadAsync(invited)).GetProperty("path").GetString()!, "paul");
        using HttpResponseMessage made = await paul.SendAsync(
            "POST", "/v1/tokens", new { name = "paul's", scopes = new[] { "read" } });
        using HttpClient program = _gateway.Client((await ReadAsync(made)).GetProperty("code").GetString());

        Assert.Equal(HttpStatusCode.NoContent, await maria.StatusOf("DELETE", "/v1/users/paul"));

        Assert.Equal(HttpStatusCode.Unauthorized, await paul.LookAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, "/v1/stats"));
        Assert.Equal(HttpStatusCode.Conflict, await maria.StatusOf("DELETE", "/v1/users/maria"));
        Assert.Equal(HttpStatusCode.NotFound, await maria.StatusOf("DELETE", "/v1/users/paul"));
    }

    [Fact]
    public async Task Session_says_who_one_is()
    {
        using HttpClient program = _gateway.Client(await CreateTokenAsync("Grafana", "read"));

        JsonElement who = await program.GetFromJsonAsync<JsonElement>("/v1/session");

        Assert.Equal("Grafana", who.GetProperty("name").GetString());
        Assert.Equal("token", who.GetProperty("kind").GetString());
        Assert.Equal(["read"], who.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    private async Task<string> CreateTokenAsync(string name, params string[] scopes)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/tokens", new { name, scopes, days = 30 });
        return (await ReadAsync(answer)).GetProperty("code").GetString()!;
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>();

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(path);
        return answer.StatusCode;
    }
}
