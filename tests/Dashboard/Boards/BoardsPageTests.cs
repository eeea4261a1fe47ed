using System.Net;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Dashboard.Tests.Boards;

/// <summary>The list of boards, a board's own page, and orders, against a real gateway.</summary>
public sealed class BoardsPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Site _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task List_without_boards_says_what_to_do()
    {
        string page = await _site.PageAsync("/boards");

        Assert.Contains("No board yet", page);
        Assert.Contains("href=\"/boards/add\"", page);
        Assert.DoesNotContain("<table", page);
    }

    [Fact]
    public async Task List_shows_what_is_proven_beside_what_is_said()
    {
        await EnrolAsync("kitchen");
        Wake("kitchen", telemetry => (
            telemetry.State, telemetry.HashRate, telemetry.Temperature, telemetry.Rssi, telemetry.Duty) =
            ("mining", 350_000, 51, -67, 40));

        string page = WebUtility.HtmlDecode(await _site.PageAsync("/boards"));

        Assert.Contains("says 350 kH/s", page);
        Assert.Contains("51 °C", page);
        Assert.Contains("-67 dBm", page);
        Assert.Contains("40 % of its time", page);
        Assert.Contains("Unproven", page);
        Assert.Contains("together 0 H/s proven", page);
    }

    [Fact]
    public async Task List_finds_what_is_searched_for_and_says_where_nothing_is()
    {
        await EnrolAsync("hall-1", "hall-2", "attic");

        Assert.Equal(["hall-1", "hall-2"], Lines(await _site.PageAsync("/boards?q=hall")));
        Assert.Equal(["hall-2", "hall-1", "attic"], Lines(await _site.PageAsync("/boards?sort=-name")));
        Assert.Contains("No board matches", await _site.PageAsync("/boards?q=cellar"));
        Assert.Equal(3, Lines(await _site.PageAsync("/boards?state=nonsense&sort=nonsense&from=-7")).Count());
        Assert.Empty(Lines(await _site.PageAsync("/boards?state=mining")));
    }

    [Fact]
    public async Task List_of_very_many_holds_a_window_of_them()
    {
        DeviceRegistry registry = _site.Host.Room<DeviceRegistry>();
        for (int i = 1; i <= 10_000; i++)
        {
            registry.Load(new Device(i, $"board-{i:d5}", new byte[32], 0));
        }

        string page = await _site.PageAsync("/boards?from=5000");

        Assert.Equal("board-05001", Lines(page).First());
        Assert.Contains("data-rows=\"10000\"", page);
        Assert.Contains("data-from=\"5000\"", page);
        Assert.InRange(page.Length, 1, 120_000);
        Assert.Equal("board-10000", Lines(await _site.PageAsync("/boards?from=99999")).Last());
        Assert.Equal(["board-07777"], Lines(await _site.PageAsync("/boards?q=07777")));
    }

    [Fact]
    public async Task Name_that_is_no_plain_text_is_shown_and_not_run()
    {
        await EnrolAsync("board-1");
        await _site.Owner.FollowAsync(
            "/boards/device/board-1", "label", ("name", "<script>x</script>"), ("group", "a&b\"c"));

        string list = await _site.PageAsync("/boards?group=a%26b%22c");
        string board = await _site.PageAsync("/boards/device/board-1");

        Assert.DoesNotContain("<script>x", list + board);
        Assert.Equal(["&lt;script&gt;x&lt;/script&gt;"], Lines(list));
    }

    [Fact]
    public async Task Name_that_is_too_long_changes_nothing()
    {
        await EnrolAsync("board-1");

        (string? to, string page) = await _site.Owner.FollowAsync(
            "/boards/device/board-1", "label", ("name", new string('x', 41)), ("group", ""));

        Assert.Null(to);
        Assert.Contains("Nothing was changed.", page);
        Assert.Equal(["board-1"], Lines(await _site.PageAsync("/boards")));
    }

    [Fact]
    public async Task Order_to_several_asks_first_and_says_of_each_what_became_of_it()
    {
        await EnrolAsync("away-1", "away-2", "other");

        (string? question, _) = await _site.Owner.FollowAsync(
            "/boards", "deeds", ("scope", "chosen"), ("id", "away-1"), ("id", "away-2"), ("deed", "pause"));
        string asked = await _site.PageAsync(question!);
        Assert.Contains("2 boards are meant; 0 would hear it now.", WebUtility.HtmlDecode(asked));
        Assert.Contains("not sent yet", asked);

        string told = await ConfirmAsync(question!);
        Assert.Equal(2, Regex.Count(told, "<tr data-key="));
        Assert.Contains("Refused: not connected", told);
        Assert.DoesNotContain("data-key=\"other\"", told);
    }

    [Fact]
    public async Task Order_to_all_that_the_list_shows_means_no_others()
    {
        await EnrolAsync("hall-1", "hall-2", "attic");

        (string? question, _) = await _site.Owner.FollowAsync(
            "/boards?q=hall", "deeds", ("scope", "all"), ("deed", "group"), ("text", "Hall"));
        await ConfirmAsync(question!);

        Assert.Equal(["hall-1", "hall-2"], Lines(await _site.PageAsync("/boards?group=Hall")));
        Assert.Equal(["attic"], Lines(await _site.PageAsync("/boards?group=-")));
    }

    [Theory]
    [InlineData("chosen", "duty", "101")]
    [InlineData("chosen", "fly", "1")]
    [InlineData("nobody", "pause", "0")]
    public async Task Order_that_is_none_sends_nothing(string id, string deed, string value)
    {
        await EnrolAsync("chosen");

        (string? to, string page) = await _site.Owner.FollowAsync("/boards", "deeds",
            ("scope", "chosen"), (id == "nobody" ? "nothing" : "id", id), ("deed", deed), ("value", value));

        Assert.Null(to);
        Assert.Contains("Nothing was sent.", page);
    }

    [Fact]
    public async Task Revoked_board_says_so_and_is_let_in_again()
    {
        await EnrolAsync("board-1");

        (string? to, _) = await _site.Owner.FollowAsync("/boards/device/board-1", "revoke");
        string revoked = await _site.PageAsync(to!);
        Assert.Contains("Revoke: done.", revoked);
        Assert.Contains(">Revoked</span>", revoked);

        (to, _) = await _site.Owner.FollowAsync(to!, "restore");
        Assert.DoesNotContain(">Revoked</span>", await _site.PageAsync(to!));
    }

    [Fact]
    public async Task Board_that_is_not_there_leads_back() =>
        Assert.Contains("No board has this id", await _site.PageAsync("/boards/device/nobody"));

    [Fact]
    public async Task Run_that_is_forgotten_says_what_still_holds() =>
        Assert.Contains("What was sent stays sent", await _site.PageAsync("/boards/runs/77"));

    private static IEnumerable<string> Lines(string page) =>
        Regex.Matches(page, @"<th scope=""row"">\s*<a href=""/boards/device/[^""]+"">([^<]+)</a>")
            .Select(match => match.Groups[1].Value);

    /// <summary>Says yes, and looks until every board has its answer.</summary>
    private async Task<string> ConfirmAsync(string question)
    {
        (string? result, _) = await _site.Owner.FollowAsync(question, "confirm");
        using CancellationTokenSource deadline = new(s_patience);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            string page = await _site.PageAsync(result!);
            if (!page.Contains("Under way", StringComparison.Ordinal))
            {
                return page;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task EnrolAsync(params string[] ids)
    {
        foreach (string id in ids)
        {
            await _site.Host.EnrolAsync(id, new byte[32]);
        }
    }

    /// <summary>As if the board had connected and reported.</summary>
    private void Wake(string id, Action<Telemetry> say)
    {
        DeviceActivity activity = _site.Host.Room<DeviceRegistry>().Find(id)!.Awake(new ShareOptions(), TimeSpan.Zero);
        activity.SetOnline(true, TimeSpan.Zero);
        activity.Telemetry = new Telemetry();
        say(activity.Telemetry);
    }
}
