using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Dashboard.AddBoard;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Dashboard.Tests.Boards;

/// <summary>From a join code to a board that is known, on real pages.</summary>
public sealed class AddBoardPageTests : IAsyncLifetime
{
    private readonly Site _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Code_comes_with_the_exact_commands()
    {
        string address = await MakeCodeAsync();
        string page = WebUtility.HtmlDecode(await _site.PageAsync(address));

        Assert.Contains("micro flash --board esp32-devkitc", page);
        int port = _site.Host.HttpTlsEndPoint!.Port;
        Assert.Matches(
            $@"micro configure --gateway [^ :]+:{port} --token [0-9a-f]{{10}}-[0-9a-f]{{20}} --wifi NAME", page);
        Assert.Contains("Waiting for the board…", page);
        Assert.Contains("class=\"qr\"", page);

        // Nothing listens beyond this machine here, and the page says so before anybody walks.
        Assert.Contains("Boards cannot reach this gateway yet", page);
    }

    [Fact]
    public async Task Progress_shows_the_board_that_used_the_code_and_the_code_no_more()
    {
        string address = await MakeCodeAsync();
        string code = await CodeOnAsync(address);

        await EnrolAsync(code, "kitchen");
        string page = await _site.PageAsync(address);

        Assert.Contains("kitchen is on its way", page);
        Assert.DoesNotContain(code, page);
        BoardDetail board = _site.Host.Room<BoardCatalogue>().Detail("kitchen")!;
        Assert.Equal(("esp32-devkitc", "Attic"), (board.Model, board.Row.Group));
    }

    [Fact]
    public async Task Progress_says_why_a_board_was_refused()
    {
        await _site.Host.EnrolAsync("kitchen", new byte[32]);
        string address = await MakeCodeAsync();

        await EnrolAsync(await CodeOnAsync(address), "kitchen");
        string page = await _site.PageAsync(address);

        Assert.Contains("The board was refused", page);
        Assert.Contains("--device NAME", page);
    }

    [Fact]
    public async Task Board_that_nobody_chose_makes_no_code()
    {
        (string? to, string page) = await _site.Owner.FollowAsync("/boards/add", "join", ("model", "toaster"));

        Assert.Null(to);
        Assert.Contains("No code was made.", page);
    }

    [Fact]
    public async Task Code_that_is_forgotten_says_so() =>
        Assert.Contains("not known any more", await _site.PageAsync("/boards/add/0123456789abcdef"));

    [Fact]
    public async Task Viewer_without_a_sign_in_sees_no_code()
    {
        string address = await MakeCodeAsync();
        using HttpClient stranger = new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _site.Browser.BaseAddress,
        };

        using HttpResponseMessage answer = await stranger.GetAsync(address);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Miner_is_told_what_to_type_and_is_seen_when_it_comes()
    {
        const string path = "/boards/add/stratum?account=alice&worker=rig";
        string page = WebUtility.HtmlDecode(await _site.PageAsync(path));
        Assert.Contains("alice.rig", page);
        Assert.Contains("Waiting for the miner…", page);

        await _site.Host.Room<DeviceRegistry>().FindOrEnrolWorkerAsync("alice.rig");

        Assert.Contains("is on its way", await _site.PageAsync(path));
        Assert.Contains("User is account.worker", WebUtility.HtmlDecode(
            await _site.PageAsync("/boards/add/stratum?account=a%20b&worker=c")));
    }

    [Fact]
    public void Drawing_has_the_finders_of_a_code_and_a_quiet_zone()
    {
        QrDrawing drawing = new("hello");

        // Version 1 has 21 modules, and 4 of quiet on each side (ISO/IEC 18004 §6.3, §9.1).
        Assert.Equal(29, drawing.Size);
        Assert.StartsWith("M4 4h7v1h-7zM", drawing.Path);
        Assert.Contains("M18 4h7v1h-7z", drawing.Path);
        Assert.Contains("M4 18h7v1h-7z", drawing.Path);
    }

    private async Task<string> MakeCodeAsync() => (await _site.Owner.FollowAsync(
        "/boards/add", "join", ("model", "esp32-devkitc"), ("group", "Attic"))).To!;

    private async Task<string> CodeOnAsync(string address) =>
        Regex.Match(await _site.PageAsync(address), "--token ([0-9a-f]{10}-[0-9a-f]{20})").Groups[1].Value;

    private async Task EnrolAsync(string code, string id)
    {
        using HttpClient board = new() { BaseAddress = _site.Browser.BaseAddress };
        board.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", code);
        using HttpResponseMessage answer = await board.PostAsJsonAsync(
            "/v1/enrol", new { device = id, key = new string('1', 64) });
    }
}
