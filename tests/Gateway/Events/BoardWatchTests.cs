using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Events;

public sealed class BoardWatchTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly ShareOptions _options = new();
    private readonly TestStore _store;
    private readonly EventJournal _journal;
    private readonly GatewayClock _clock;
    private readonly BoardWatch _watch;

    public BoardWatchTests()
    {
        _store = new TestStore(_directory.File("gateway.db"));
        _journal = new EventJournal(_directory.File("events.db"), _time);
        _clock = new GatewayClock(_time);
        _watch = new BoardWatch(_store.Registry, _journal, _clock);
        _watch.Start();
    }

    public void Dispose()
    {
        _journal.Dispose();
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_board_that_stays_away_is_lost_and_told_of_when_it_is_back()
    {
        Device kitchen = await JoinAsync("kitchen");
        Set(kitchen, isHere: false);
        Pass(TimeSpan.FromMinutes(90));
        Set(kitchen, isHere: true);
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(
            [
                "The board kitchen joined.", "The board kitchen has been away for 2 minutes.",
                "The board kitchen is here again after 90 minutes.",
            ],
            await TextsAsync());
    }

    [Fact]
    public async Task A_board_that_reconnects_within_two_minutes_is_no_event()
    {
        Device kitchen = await JoinAsync("kitchen");
        for (int i = 0; i < 20; i++)
        {
            Set(kitchen, isHere: false);
            Pass(BoardWatch.Patience - TimeSpan.FromSeconds(5));
            Set(kitchen, isHere: true);
            Pass(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([EventKind.BoardJoined], await KindsAsync());
    }

    [Fact]
    public async Task A_board_that_flaps_all_day_is_told_of_a_few_times_and_then_once()
    {
        Device kitchen = await JoinAsync("kitchen");
        for (int i = 0; i < 200; i++)
        {
            Set(kitchen, isHere: false);
            Pass(TimeSpan.FromMinutes(3));
            Set(kitchen, isHere: true);
            Pass(TimeSpan.FromMinutes(3));
        }

        EventKind[] kinds = await KindsAsync();
        Assert.Equal(
            (1 + (2 * Pace.MostPerHour) + 1, 1), (kinds.Length, kinds.Count(kind => kind == EventKind.BoardUnsteady)));

        // Once it has kept still for an hour it is told of again.
        Pass(TimeSpan.FromHours(2));
        Set(kitchen, isHere: false);
        Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(EventKind.BoardLost, (await KindsAsync())[^1]);
    }

    [Fact]
    public async Task Many_boards_that_are_lost_at_once_are_one_event()
    {
        Device[] boards = new Device[40];
        for (int i = 0; i < boards.Length; i++)
        {
            boards[i] = await JoinAsync($"board-{i}");
        }

        Array.ForEach(boards, board => Set(board, isHere: false));
        Pass(TimeSpan.FromMinutes(3));
        Array.ForEach(boards, board => Set(board, isHere: true));
        Pass(TimeSpan.FromSeconds(5));

        string[] texts = await TextsAsync();
        Assert.Equal("40 boards have been away for 2 minutes: board-0, board-1, board-2 and 37 more. "
            + "Look at the network first.", texts[^2]);
        Assert.Equal("40 boards are here again: board-0, board-1, board-2 and 37 more.", texts[^1]);
    }

    [Fact]
    public async Task A_board_that_was_never_here_is_not_lost()
    {
        Device kitchen = await JoinAsync("kitchen", isHere: false);
        Pass(TimeSpan.FromHours(5));
        kitchen.IsRevoked = true;
        Set(kitchen, isHere: true);
        Pass(TimeSpan.FromHours(1));

        Assert.Equal([EventKind.BoardJoined], await KindsAsync());
    }

    [Fact]
    public async Task A_start_has_its_reason_and_another_release_its_number()
    {
        Device kitchen = await JoinAsync("kitchen");
        Say(kitchen, new Telemetry { Boots = 4, Firmware = "0.1.0", Release = 1 });
        Say(kitchen, new Telemetry { Boots = 4, Firmware = "0.1.0", Release = 1 });
        Say(kitchen, new Telemetry { Boots = 5, Firmware = "0.1.0", Release = 1, Reset = "stall" });
        Say(kitchen, new Telemetry { Boots = 6, Firmware = "0.2.0", Release = 2, Reset = "update" });

        Assert.Equal(
            [
                "The board kitchen joined.", "The board kitchen started anew: it had come to a standstill.",
                "The board kitchen runs firmware 0.2.0, release 2 now.",
            ],
            await TextsAsync());
    }

    [Fact]
    public async Task A_board_that_starts_again_and_again_is_told_of_a_few_times()
    {
        Device kitchen = await JoinAsync("kitchen");
        for (int boots = 1; boots < 100; boots++)
        {
            Say(kitchen, new Telemetry { Boots = boots, Reset = "power" });
        }

        Assert.Equal(
            [
                EventKind.BoardJoined, EventKind.BoardRestarted, EventKind.BoardRestarted, EventKind.BoardRestarted,
                EventKind.BoardUnsteady,
            ],
            await KindsAsync());
    }

    private async Task<Device> JoinAsync(string id, bool isHere = true)
    {
        Device device = await _store.EnrolAsync(id);
        Set(device, isHere);
        Pass(EventWatch.Interval);
        return device;
    }

    private void Set(Device device, bool isHere) => device.Awake(_options, _clock.Now).SetOnline(isHere, _clock.Now);

    private void Say(Device device, Telemetry telemetry)
    {
        device.Activity!.Telemetry = telemetry;
        Pass(EventWatch.Interval);
    }

    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += EventWatch.Interval)
        {
            _time.Advance(EventWatch.Interval);
            _watch.Look();
        }
    }

    private async Task<GatewayEvent[]> EventsAsync()
    {
        await _journal.FlushAsync();
        return [.. _journal.Read(new EventQuery(Limit: EventQuery.MaxLimit)).Reverse()];
    }

    private async Task<EventKind[]> KindsAsync() => [.. (await EventsAsync()).Select(item => item.Kind)];

    private async Task<string[]> TextsAsync() => [.. (await EventsAsync()).Select(item => item.Text)];
}
