using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Gateway.Tests.Events;

public sealed class EventJournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private EventJournal _journal;

    public EventJournalTests() => _journal = new EventJournal(Path, _time);

    private string Path => _directory.File("events.db");

    public void Dispose()
    {
        _journal.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Events_are_kept_over_restarts_and_numbers_go_on()
    {
        _journal.Publish(EventKind.BoardJoined, "kitchen", "The board kitchen joined.");
        await ReopenAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        _journal.Publish(EventKind.PayoutFailed, "kitchen", "A payout of 5 sat failed.");
        await _journal.FlushAsync();

        IReadOnlyList<GatewayEvent> events = _journal.Read(new EventQuery());

        Assert.Equal([2L, 1L], events.Select(item => item.Number));
        Assert.Equal([EventSeverity.Error, EventSeverity.Info], events.Select(item => item.Severity));
        Assert.Equal(TimeSpan.FromSeconds(5), events[0].Time - events[1].Time);
        Assert.Equal(("kitchen", "The board kitchen joined."), (events[1].Subject, events[1].Text));
    }

    [Fact]
    public async Task A_query_chooses_by_kind_severity_subject_words_and_number()
    {
        _journal.Publish(EventKind.BoardJoined, "kitchen", "It joined.");
        _journal.Publish(EventKind.BoardLost, "kitchen", "It is AWAY.");
        _journal.Publish(EventKind.BoardLost, "cellar", "It is away.");
        _journal.Publish(EventKind.StoreFailed, "", "The disk is full.");
        await _journal.FlushAsync();

        Assert.Equal([3L, 2L], Numbers(new EventQuery(Kinds: [EventKind.BoardLost])));
        Assert.Equal([4L], Numbers(new EventQuery(Least: EventSeverity.Error)));
        Assert.Equal([2L, 1L], Numbers(new EventQuery(Subject: "kitchen")));
        Assert.Equal([3L, 2L], Numbers(new EventQuery(Words: "Away")));
        Assert.Equal([3L, 2L], Numbers(new EventQuery(Before: 4, Limit: 2)));
    }

    [Fact]
    public async Task The_journal_keeps_its_newest()
    {
        _journal.Dispose();
        _journal = new EventJournal(Path, _time, kept: 20);
        for (int i = 0; i < 50; i++)
        {
            _journal.Publish((EventKind)(i % 3), "", "It happened.");
            await _journal.FlushAsync();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => 50L - i), Numbers(new EventQuery(Limit: 500)));
    }

    [Fact]
    public async Task Of_one_kind_so_many_a_minute_are_told_and_the_rest_is_counted()
    {
        for (int i = 0; i < 100; i++)
        {
            _journal.Publish(EventKind.SignInFailed, "", "Somebody tried.");
        }

        _journal.Publish(EventKind.BlockFound, "kitchen", "A block.");
        _time.Advance(TimeSpan.FromMinutes(1));
        _journal.Publish(EventKind.SignInFailed, "", "Somebody tried again.");
        await _journal.FlushAsync();

        IReadOnlyList<GatewayEvent> events = _journal.Read(new EventQuery(Limit: 500));
        Assert.Equal(EventBudget.PerWindow + 3, events.Count);
        Assert.Equal("70 more events of this kind were left out.", events[1].Text);
    }

    [Fact]
    public async Task A_listener_hears_in_order_what_was_kept_and_what_comes()
    {
        for (int i = 0; i < 5; i++)
        {
            _journal.Publish((EventKind)i, "", $"{i}");
        }

        await _journal.FlushAsync();
        List<string> heard = [];
        await foreach (GatewayEvent item in _journal.FollowAsync(_journal.TryListen()!, 2, default))
        {
            heard.Add(item.Text);
            if (item.Text == "4")
            {
                _journal.Publish(EventKind.BlockFound, "", "new");
            }

            if (item.Text == "new")
            {
                break;
            }
        }

        Assert.Equal(["2", "3", "4", "new"], heard);
    }

    [Fact]
    public async Task A_listener_that_does_not_listen_is_cut_off_and_others_hear_all()
    {
        EventListener deaf = _journal.TryListen()!;
        EventListener good = _journal.TryListen()!;
        int heard = 0;
        for (int minute = 0; minute < 50; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            for (int i = 0; i < EventBudget.PerWindow; i++)
            {
                _journal.Publish(EventKind.BoardLost, "", "It is away.");
            }

            await _journal.FlushAsync();
            while (good.Events.TryRead(out _))
            {
                heard++;
            }
        }

        Assert.Equal(50 * EventBudget.PerWindow, heard);
        int left = 0;
        await foreach (GatewayEvent _ in deaf.Events.ReadAllAsync())
        {
            left++;
        }

        Assert.InRange(left, 1, heard - 1);
    }

    [Fact]
    public void Listeners_are_bounded_and_one_that_stops_makes_room()
    {
        EventListener?[] all = [.. Enumerable.Range(0, EventJournal.MaxListeners).Select(_ => _journal.TryListen())];

        Assert.DoesNotContain(null, all);
        Assert.Null(_journal.TryListen());
        all[7]!.Dispose();
        Assert.NotNull(_journal.TryListen());
    }

    [Fact]
    public async Task Long_texts_are_cut()
    {
        _journal.Publish(EventKind.SettingsChanged, new string('s', 1_000), new string('t', 10_000));
        await _journal.FlushAsync();

        GatewayEvent item = Assert.Single(_journal.Read(new EventQuery()));
        Assert.Equal((100, 500), (item.Subject.Length, item.Text.Length));
    }

    private long[] Numbers(EventQuery query) => [.. _journal.Read(query).Select(item => item.Number)];

    private async Task ReopenAsync()
    {
        await _journal.FlushAsync();
        _journal.Dispose();
        _journal = new EventJournal(Path, _time);
    }
}
