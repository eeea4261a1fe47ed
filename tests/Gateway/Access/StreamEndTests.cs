using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>Answers that last end with what let them in.</summary>
public sealed class StreamEndTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;
    private Browser _owner = null!;
    private string _path = "/v1/events";

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(time: _time);
        _owner = new Browser(_gateway.Host.HttpEndPoint);
        await _owner.WelcomeAsync(_gateway.Host.WelcomePath!, "maria");
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _gateway.DisposeAsync();
    }

    public static TheoryData<string> Streams => ["/v1/events", "/v1/join-codes"];

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_of_a_session_ends_when_it_is_signed_out(string path)
    {
        await TakeAsync(path);
        using StreamReader stream = await ListenAsync(cookie: _owner.Secret);

        await _owner.StatusOf("DELETE", "/v1/session");

        await AssertEndsAsync(stream);
    }

    [Fact]
    public async Task Stream_of_a_session_ends_when_its_user_is_signed_out_everywhere()
    {
        using StreamReader stream = await ListenAsync(cookie: _owner.Secret);

        _gateway.Host.Room<SessionBook>().EndAll(_gateway.Host.Room<UserBook>().Find("maria")!.Id);

        await AssertEndsAsync(stream);
    }

    [Fact]
    public async Task Stream_of_a_session_ends_with_its_life()
    {
        using StreamReader stream = await ListenAsync(cookie: _owner.Secret);

        _time.Advance(TimeSpan.FromDays(400));

        await AssertEndsAsync(stream);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_of_a_token_ends_when_it_is_revoked(string path)
    {
        await TakeAsync(path);
        (long id, string code) = await MakeTokenAsync();
        using StreamReader stream = await ListenAsync(token: code);

        using HttpResponseMessage revoked = await _owner.SendAsync("DELETE", $"/v1/tokens/{id}");

        await AssertEndsAsync(stream);
    }

    [Fact]
    public async Task Stream_of_a_token_ends_with_its_last_day()
    {
        (_, string code) = await MakeTokenAsync();
        using StreamReader stream = await ListenAsync(token: code);

        _time.Advance(TimeSpan.FromDays(1));

        await AssertEndsAsync(stream);
    }

    [Fact]
    public async Task Stream_goes_on_while_another_session_ends()
    {
        using Browser other = new(_gateway.Host.HttpEndPoint);
        Assert.True(((int)await other.SignInAsync("maria")) < 300);
        using StreamReader stream = await ListenAsync(cookie: _owner.Secret);

        await other.StatusOf("DELETE", "/v1/session");
        _time.Advance(PassWatch.Interval);
        await _owner.SignInAsync("maria");

        string line = "";
        while (!line.Contains("signed in", StringComparison.Ordinal))
        {
            line = (await stream.ReadLineAsync().WaitAsync(s_patience))!;
        }
    }

    /// <summary>One look, which is due every half second, and the reader is at the end.</summary>
    private async Task AssertEndsAsync(StreamReader stream)
    {
        Assert.True(PassWatch.Interval <= TimeSpan.FromSeconds(1));
        _time.Advance(PassWatch.Interval);
        await stream.ReadToEndAsync().WaitAsync(s_patience);
    }

    /// <summary>What is followed: events, or how far a board comes.</summary>
    private async Task TakeAsync(string path) => _path = path == "/v1/events" ? path
        : $"{path}/{(await _gateway.Host.Room<JoinCodes>().CreateAsync())!.Number}";

    private async Task<(long Id, string Code)> MakeTokenAsync()
    {
        using HttpResponseMessage answer = await _owner.SendAsync(
            "POST", "/v1/tokens", new { name = "watch", scopes = new[] { "read" }, days = 1 });
        JsonElement made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("token").GetProperty("id").GetInt64(), made.GetProperty("code").GetString()!);
    }

    /// <summary>Begins to listen, and has heard something.</summary>
    private async Task<StreamReader> ListenAsync(string? cookie = null, string? token = null)
    {
        HttpClient http = new(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new Uri($"http://{_gateway.Host.HttpEndPoint}"),
        };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        http.DefaultRequestHeaders.Authorization =
            token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (cookie is not null)
        {
            http.DefaultRequestHeaders.Add("Cookie", $"micro-session={cookie}");
        }

        StreamReader stream = new(await http.GetStreamAsync(_path));
        await stream.ReadLineAsync().WaitAsync(s_patience);
        return stream;
    }
}
