using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Tests.Boards;

public sealed class BoardCatalogueTests : IDisposable
{
    private readonly CatalogueFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void List_of_nobody_is_empty()
    {
        BoardPage page = _fleet.Catalogue.Find(BoardQuery.All, 0, 50);

        Assert.Empty(page.Rows);
        Assert.Equal((0, 0), (page.Matching, page.Total));
    }

    [Fact]
    public void List_by_name_counts_numbers_by_their_value()
    {
        _fleet.Load(1, "hall-10");
        _fleet.Load(2, "hall-9");
        _fleet.Load(3, "x", new BoardLabel("Hall-1", "", ""));

        Assert.Equal(["x", "hall-9", "hall-10"], Ids(BoardQuery.All));
        Assert.Equal(["hall-10", "hall-9", "x"], Ids(BoardQuery.All with { IsDescending = true }));
    }

    [Fact]
    public void State_says_what_is_known_and_no_more()
    {
        _fleet.Load(1, "not-seen");
        _fleet.LoadOnline(2, "unproven", telemetry => telemetry.State = "mining");
        _fleet.LoadOnline(3, "mining", telemetry => telemetry.State = "mining", provenWork: 1);
        _fleet.LoadOnline(4, "degraded", telemetry => telemetry.State = "degraded", provenWork: 1);
        _fleet.LoadOnline(5, "safe", telemetry => telemetry.State = "safe");
        _fleet.LoadOnline(6, "quiet", telemetry => telemetry.Cause = "quiet", provenWork: 1);
        _fleet.LoadOnline(7, "gone", provenWork: 1).Activity!.SetOnline(false, TimeSpan.Zero);
        _fleet.LoadOnline(8, "revoked", provenWork: 1).IsRevoked = true;
        _fleet.Time.Advance(TimeSpan.FromSeconds(1));

        BoardPage page = _fleet.Catalogue.Find(BoardQuery.All with { Sort = BoardSort.State }, 0, 50);

        Assert.Equal(
            [
                ("safe", BoardState.Safe), ("degraded", BoardState.Degraded), ("unproven", BoardState.Unproven),
                ("gone", BoardState.Offline), ("not-seen", BoardState.NotSeen), ("quiet", BoardState.Paused),
                ("mining", BoardState.Mining), ("revoked", BoardState.Revoked),
            ],
            page.Rows.Select(row => (row.Id, row.State)));
        Assert.All(Enum.GetValues<BoardState>(), state => Assert.Equal(1, page.Tally[state]));
    }

    [Fact]
    public void Board_is_no_longer_proven_to_mine_when_its_shares_are_out_of_the_window()
    {
        _fleet.LoadOnline(1, "board", telemetry => telemetry.State = "mining", provenWork: 1 << 20);
        _fleet.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BoardState.Mining, _fleet.Catalogue.Row("board")!.State);

        _fleet.Time.Advance(TimeSpan.FromMinutes(10));

        BoardRow row = _fleet.Catalogue.Row("board")!;
        Assert.Equal((BoardState.Unproven, 0), (row.State, row.ProvenHashesPerSecond));
        Assert.Equal(TimeSpan.FromMinutes(11), row.LastShare);
    }

    [Theory]
    [InlineData(BoardSort.Temperature, false, "cold", "warm", "unknown")]
    [InlineData(BoardSort.Temperature, true, "warm", "cold", "unknown")]
    [InlineData(BoardSort.Rssi, false, "warm", "cold", "unknown")]
    [InlineData(BoardSort.Claimed, true, "cold", "warm", "unknown")]
    [InlineData(BoardSort.Firmware, true, "warm", "cold", "unknown")]
    public void Sort_puts_who_has_no_figure_last_either_way(BoardSort sort, bool descending, params string[] expected)
    {
        _fleet.LoadOnline(1, "unknown");
        _fleet.LoadOnline(2, "warm", t => (t.Temperature, t.Rssi, t.HashRate, t.Firmware) = (70, -90, 10, "0.2.0"));
        _fleet.LoadOnline(3, "cold", t => (t.Temperature, t.Rssi, t.HashRate, t.Firmware) = (20, -40, 90, "0.1.0"));

        Assert.Equal(expected, Ids(new BoardQuery(Sort: sort, IsDescending: descending)));
    }

    [Theory]
    [InlineData("hall", "hall-1", "hall-2")]
    [InlineData("HALL 2", "hall-2")]
    [InlineData("window", "hall-1")]
    [InlineData("esp32c3", "hall-2")]
    [InlineData("bitaxe", "bc1q.rig")]
    [InlineData("nothing")]
    public void Search_finds_all_its_words_wherever_they_are(string text, params string[] expected)
    {
        _fleet.Load(1, "hall-1", new BoardLabel("By the window", "", ""));
        _fleet.LoadOnline(2, "hall-2", telemetry => telemetry.Scanner = "esp32c3-exact");
        _fleet.LoadOnline(3, "bc1q.rig").Activity!.Agent = "bitaxe/2.4";

        Assert.Equal(expected.Order(), Ids(new BoardQuery(text)).Order());
    }

    [Fact]
    public void Filters_count_what_they_would_find()
    {
        _fleet.Load(1, "a", new BoardLabel("", "Attic", "esp32-devkitc"));
        _fleet.Load(2, "b", new BoardLabel("", "attic", "xiao-esp32c3"));
        _fleet.LoadOnline(3, "bc1q.rig");

        BoardPage page = _fleet.Catalogue.Find(BoardQuery.All with { Group = "ATTIC" }, 0, 50);

        Assert.Equal((2, 3), (page.Matching, page.Total));
        Assert.Equal(2, page.Tally.Groups["attic"]);
        Assert.Equal([1, 1], page.Tally.Chips.Values);
        Assert.Equal(1, page.Tally.Miners);
        Assert.Equal(["bc1q.rig"], Ids(BoardQuery.All with { Kind = BoardKind.Miner }));
        Assert.Equal(["a"], Ids(BoardQuery.All with { Chip = "esp32" }));
        Assert.Equal(["bc1q.rig"], Ids(BoardQuery.All with { Group = "" }));
        Assert.Equal(["bc1q.rig"], Ids(BoardQuery.All with { State = BoardState.Unproven }));
    }

    [Theory]
    [InlineData(0, 3, "b-0", "b-1", "b-2")]
    [InlineData(8, 3, "b-8", "b-9")]
    [InlineData(10, 3)]
    [InlineData(99, 3)]
    [InlineData(-1, 1, "b-0")]
    [InlineData(0, -1)]
    public void Page_is_what_there_is_of_it(int from, int count, params string[] expected)
    {
        for (int i = 0; i < 10; i++)
        {
            _fleet.Load(i + 1, $"b-{i}");
        }

        BoardPage page = _fleet.Catalogue.Find(BoardQuery.All, from, count);

        Assert.Equal(expected, page.Rows.Select(row => row.Id));
        Assert.Equal(10, page.Matching);
    }

    [Fact]
    public void Rates_of_all_that_is_found_are_added_up()
    {
        _fleet.LoadOnline(1, "a", provenWork: 1000);
        _fleet.LoadOnline(2, "b", provenWork: 3000);
        _fleet.LoadOnline(3, "c", provenWork: 9000);
        _fleet.Time.Advance(TimeSpan.FromSeconds(10));

        BoardPage page = _fleet.Catalogue.Find(new BoardQuery(Sort: BoardSort.Proven, IsDescending: true), 0, 1);

        Assert.Equal(1300, page.ProvenHashesPerSecond, 3);
        Assert.Equal("c", Assert.Single(page.Rows).Id);
    }

    [Fact]
    public void Question_about_ten_thousand_boards_allocates_for_its_page_alone()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _fleet.LoadOnline(i + 1, $"board-{i:d5}", telemetry => telemetry.Temperature = 40, provenWork: 1);
        }

        BoardQuery query = new("board", Sort: BoardSort.Name);
        _fleet.Catalogue.Find(query, 5_000, 50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BoardPage page = _fleet.Catalogue.Find(query, 5_000, 50);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("board-05000", page.Rows[0].Id);
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    private IEnumerable<string> Ids(BoardQuery query) =>
        _fleet.Catalogue.Find(query, 0, 50).Rows.Select(row => row.Id);
}
