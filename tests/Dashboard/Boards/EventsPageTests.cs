using System.Net;
using System.Text.RegularExpressions;
using MicroFirmware.Dashboard.Events;
using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Dashboard.Tests.Boards;

/// <summary>The events page, against a real journal.</summary>
public sealed class EventsPageTests : IAsyncLifetime
{
    private readonly Site _site = new();

    private EventJournal Journal => _site.Host.Room<EventJournal>();

    public async Task InitializeAsync()
    {
        await _site.InitializeAsync();
        await _site.Host.EnrolAsync("kitchen", new byte[32]);
        Journal.Publish(EventKind.BoardLost, "kitchen", "kitchen has been away for 2 min.");
        Journal.Publish(EventKind.PayoutFailed, "alice", "The payout of alice failed.");
        Journal.Publish(EventKind.BlockFound, "nobody", "nobody <b>solved</b> a block.");
        await Journal.FlushAsync();
    }

    public Task DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("topic=boards", "kitchen has been away for 2 min.")]
    [InlineData("topic=payouts&least=error", "The payout of alice failed.")]
    [InlineData("least=error", "The payout of alice failed.")]
    [InlineData("q=ALICE", "The payout of alice failed.")]
    [InlineData("board=kitchen&least=warning", "kitchen has been away for 2 min.")]
    [InlineData("topic=blocks&board=nobody", "nobody <b>solved</b> a block.")]
    public async Task Filter_shows_what_it_names(string query, string expected)
    {
        string page = await _site.PageAsync($"/events?{query}");

        Assert.Equal(expected, Assert.Single(Sentences(page).Distinct(), text => !text.Contains("joined")));
    }

    [Fact]
    public async Task Day_shows_what_happened_on_it()
    {
        string today = Journal.Read(new EventQuery())[0].Time.UtcDateTime.ToString("yyyy-MM-dd");

        Assert.Contains("kitchen has been away", string.Concat(
            Sentences(await _site.PageAsync($"/events?day={today}"))));
        Assert.Contains("Nothing like this happened", await _site.PageAsync("/events?day=2001-01-01"));
    }

    [Fact]
    public async Task Filter_that_is_none_hides_nothing() =>
        Assert.Equal(
            Sentences(await _site.PageAsync("/events")),
            Sentences(await _site.PageAsync("/events?topic=x&least=y&day=z")));

    [Fact]
    public async Task Older_events_are_a_page_away()
    {
        for (int i = 0; i < 120; i++)
        {
            Journal.Publish((EventKind)(i % 4), "", $"Sentence {i}.");
        }

        await Journal.FlushAsync();
        string newest = await _site.PageAsync("/events");
        string link = Regex.Match(newest, "href=\"([^\"]*before=[0-9]+)\">Older").Groups[1].Value;
        string older = new Uri(WebUtility.HtmlDecode(link)).PathAndQuery;

        Assert.Equal(60, Sentences(newest).Count());
        Assert.Empty(Sentences(newest).Intersect(Sentences(await _site.PageAsync(older))));
        Assert.DoesNotContain("data-live", await _site.PageAsync(older));
    }

    [Fact]
    public async Task Board_has_what_happened_to_it_on_its_page_and_is_a_link_elsewhere()
    {
        Assert.Contains("kitchen has been away", await _site.PageAsync("/boards/device/kitchen"));
        Assert.Contains(
            "<a href=\"/boards/device/kitchen\">kitchen</a> has been away", await _site.PageAsync("/events"));
    }

    [Fact]
    public void Every_kind_is_in_one_topic() => Assert.Equal(
        Enum.GetValues<EventKind>().Order(), EventTopic.All.SelectMany(topic => topic.Kinds).Order());

    private static IEnumerable<string> Sentences(string page) =>
        Regex.Matches(page, "<span class=\"dot\" aria-hidden=\"true\"></span>\\s*<span>(.*?)</span>\\s*<small>",
            RegexOptions.Singleline)
        .Select(match => Regex.Replace(match.Groups[1].Value, "<span class=\"unseen\">.*?</span>|<[^>]+>", ""))
        .Select(text => WebUtility.HtmlDecode(text).Trim());
}
