using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>Who may enrol, command and revoke, and what comes of it.</summary>
public sealed class OwnerRouteTests : IAsyncLifetime
{
    private static readonly string s_key = Convert.ToHexStringLower(TestStore.Key);
    private static readonly string s_otherKey = new('7', 64);

    private HttpClient _http = null!;
    private RunningGateway _gateway = null!;
    private AccessCode _token = null!;

    public Task InitializeAsync() => StartAsync(_ => { });

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Enrol_with_the_owners_token_registers_the_board_and_tells_it_the_ports()
    {
        using HttpResponseMessage answer = await EnrolAsync("board-1", s_key, _token.Reveal());
        JsonElement enrolled = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Enrolled", enrolled.GetProperty("result").GetString());
        Assert.Equal(_gateway.Host.HttpEndPoint.Port, enrolled.GetProperty("plain").GetProperty("http").GetInt32());
        Assert.Equal(
            _gateway.Host.MqttTlsEndPoint!.Port, enrolled.GetProperty("tls").GetProperty("mqtt").GetInt32());
        await using TestBoard board = await _gateway.BoardAsync("board-1");
        await board.FetchAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("0123456789-00112233445566778899")]
    public async Task Enrol_without_the_right_token_is_refused(string? token)
    {
        using HttpResponseMessage answer = await EnrolAsync("board-1", s_key, token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_gateway.Host.Devices);
    }

    [Fact]
    public async Task Wrong_tokens_use_up_the_addresss_budget_and_the_right_one_waits_too()
    {
        for (int i = 0; i < 10; i++)
        {
            using HttpResponseMessage wrong = await EnrolAsync("board-1", s_key, WrongToken());
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using HttpResponseMessage right = await EnrolAsync("board-1", s_key, _token.Reveal());

        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), right.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Token_outlives_a_restart_and_is_shown_once()
    {
        await _gateway.RestartAsync();
        Assert.Null(_gateway.Host.NewOwnerToken);
        Connect();

        using HttpResponseMessage answer = await EnrolAsync("board-1", s_key, _token.Reveal());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Board", null, HttpStatusCode.BadRequest, "invalid-id")]
    [InlineData("board-1", "1234", HttpStatusCode.BadRequest, "invalid-key")]
    [InlineData("board-1", null, HttpStatusCode.OK, "AlreadyEnrolled")]
    [InlineData("board-1", "7777777777777777777777777777777777777777777777777777777777777777",
        HttpStatusCode.Conflict, "key-differs")]
    public async Task Enrol_answers_with_the_reason(string id, string? key, HttpStatusCode status, string reason)
    {
        (await EnrolAsync("board-1", s_key, _token.Reveal())).Dispose();

        using HttpResponseMessage answer = await EnrolAsync(id, key ?? s_key, _token.Reveal());

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Join_code_enrols_one_board_and_does_nothing_else()
    {
        using HttpResponseMessage made = await PostAsync("/v1/join-codes", null, _token.Reveal());
        string code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf("/v1/join-codes", null, code));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf("/v1/devices/board-1/revoke", null, code));
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/v1/enrol", Applicant("board-1", s_key), code));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf("/v1/enrol", Applicant("board-2", s_key), code));
    }

    [Fact]
    public async Task Board_revoked_is_cut_off_and_comes_back_with_a_new_key_only()
    {
        TestBoard board = await _gateway.EnrolAsync("board-1");
        using HttpResponseMessage revoked = await PostAsync("/v1/devices/board-1/revoke", null, _token.Reveal());

        // However it ends: the gateway closes without a word.
        await Task.WhenAny(board.Mqtt.Completion).WaitAsync(TimeSpan.FromSeconds(20));
        using HttpResponseMessage work = await board.AskAsync();

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, work.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict,
            await StatusOf("/v1/enrol", Applicant("board-1", s_key, replace: true), _token.Reveal()));
        Assert.Equal(HttpStatusCode.OK,
            await StatusOf("/v1/enrol", Applicant("board-1", s_otherKey, replace: true), _token.Reveal()));

        await _gateway.RestartAsync();
        await using TestBoard renewed = new(_gateway.Host.HttpEndPoint.Port, _gateway.Host.MqttEndPoint.Port,
            "board-1", Convert.FromHexString(s_otherKey));
        await renewed.ReconnectAboveAsync(1UL << 40);
        await board.DisposeAsync();
    }

    [Fact]
    public async Task Revoke_of_nobody_is_404() =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf("/v1/devices/nobody/revoke", null, _token.Reveal()));

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task Loopback_needs_a_token_unless_the_owner_trusts_it(bool isTrusted, HttpStatusCode expected)
    {
        await DisposeAsync();
        await StartAsync(options => options.Owner.TrustLoopback = isTrusted);

        Assert.Equal(expected, await StatusOf("/v1/enrol", Applicant("board-1", s_key), null));
    }

    [Fact]
    public async Task Loopback_trusted_is_not_trusted_under_a_strangers_name()
    {
        await DisposeAsync();
        await StartAsync(options => options.Owner.TrustLoopback = true);
        _http.DefaultRequestHeaders.Host = "rebound.example";

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf("/v1/enrol", Applicant("board-1", s_key), null));
    }

    [Fact]
    public async Task Authority_is_served_and_is_the_one_that_the_token_names()
    {
        string pem = await _http.GetStringAsync("/v1/authority");
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(pem);

        Assert.Equal(_token.Pin, AccessCode.PinOf(authority));
    }

    private async Task StartAsync(Action<GatewayOptions> configure)
    {
        _gateway = await RunningGateway.StartAsync(configure);
        _token = _gateway.Host.NewOwnerToken!;
        Connect();
    }

    private void Connect() =>
        _http = new HttpClient { BaseAddress = new Uri($"http://{_gateway.Host.HttpEndPoint}") };

    private string WrongToken() => new AccessCode(new string('0', 64), _token.Pin).Reveal();

    private static object Applicant(string device, string key, bool replace = false) => new { device, key, replace };

    private Task<HttpResponseMessage> EnrolAsync(string id, string key, string? token) =>
        PostAsync("/v1/enrol", Applicant(id, key), token);

    private async Task<HttpStatusCode> StatusOf(string path, object? body, string? token)
    {
        using HttpResponseMessage answer = await PostAsync(path, body, token);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object? body, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        return await _http.SendAsync(request);
    }
}
