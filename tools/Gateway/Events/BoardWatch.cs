using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Events;

/// <summary>
/// Looks at every board now and then and says what has changed since: who joined, is lost, came back, started anew or
/// runs another release. Used by one thread at a time.
/// </summary>
internal sealed class BoardWatch(DeviceRegistry registry, EventJournal journal, GatewayClock clock)
{
    /// <summary>How long a board may be away: it reconnects within that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Boards that are told of one by one when it happens to several at once.</summary>
    public const int MostAtOnce = 10;

    private const int NamedOfMany = 3;

    private readonly Dictionary<int, WatchedBoard> _boards = [];
    private int _known;

    /// <summary>Takes those that are registered as known.</summary>
    public void Start() => _known = registry.Count;

    /// <summary>Looks at every board.</summary>
    public void Look()
    {
        TimeSpan now = clock.Now;
        TellJoined();
        List<(Device Device, WatchedBoard Board)> lost = [];
        List<(Device Device, WatchedBoard Board)> back = [];
        foreach (Device device in registry.All())
        {
            if (device.Activity is null || device.IsRevoked)
            {
                continue;
            }

            if (!_boards.TryGetValue(device.Number, out WatchedBoard? board))
            {
                _boards.Add(device.Number, board = new WatchedBoard());
            }

            if (Look(device, board, now))
            {
                (board.IsLost ? lost : back).Add((device, board));
            }
        }

        TellLost(lost, now);
        TellBack(back, now);
    }

    private static string NameOf(Device device) =>
        $"{(device.IsMiner ? "miner" : "board")} {(device.Label.Name.Length > 0 ? device.Label.Name : device.Id)}";

    private bool Look(Device device, WatchedBoard board, TimeSpan now)
    {
        bool isHere;
        Telemetry? telemetry;
        lock (device)
        {
            DeviceActivity activity = device.Activity!;
            isHere = activity.IsOnline || activity.Connections > 0;
            telemetry = activity.Telemetry;
        }

        if (telemetry is not null && board.Look(telemetry) is { } kind)
        {
            TellStart(device, board, kind, telemetry, now);
        }

        return board.Look(isHere, now, Patience);
    }

    private void TellJoined()
    {
        IReadOnlyList<Device> joined = registry.Page(_known, int.MaxValue);
        _known += joined.Count;
        if (joined.Count > MostAtOnce)
        {
            journal.Publish(EventKind.BoardJoined, "", $"{joined.Count} boards joined: {Some(joined)}.");
            return;
        }

        foreach (Device device in joined)
        {
            journal.Publish(EventKind.BoardJoined, device.Id, $"The {NameOf(device)} joined.");
        }
    }

    private void TellLost(List<(Device Device, WatchedBoard Board)> lost, TimeSpan now)
    {
        // Each counts for itself, however it is told.
        List<(Device Device, Pace.Telling Telling)> told =
            [.. lost.Select(item => (item.Device, item.Board.Losses.Count(now)))];
        if (lost.Count > MostAtOnce)
        {
            journal.Publish(EventKind.BoardLost, "", $"{lost.Count} boards have been away for "
                + $"{Spoken(Patience)}: {Some([.. lost.Select(item => item.Device)])}. Look at the network first.");
            return;
        }

        foreach ((Device device, Pace.Telling telling) in told)
        {
            if (telling == Pace.Telling.Event)
            {
                journal.Publish(EventKind.BoardLost, device.Id,
                    $"The {NameOf(device)} has been away for {Spoken(Patience)}.");
            }
            else if (telling == Pace.Telling.Unsteady)
            {
                journal.Publish(EventKind.BoardUnsteady, device.Id, $"The {NameOf(device)} was lost more than "
                    + $"{Pace.MostPerHour} times within an hour; it is not told of again until it keeps still. "
                    + "Look at its power and its distance to the access point.");
            }
        }
    }

    private void TellBack(List<(Device Device, WatchedBoard Board)> back, TimeSpan now)
    {
        if (back.Count > MostAtOnce)
        {
            journal.Publish(EventKind.BoardBack, "",
                $"{back.Count} boards are here again: {Some([.. back.Select(item => item.Device)])}.");
            return;
        }

        foreach ((Device device, WatchedBoard board) in back)
        {
            if (!board.Losses.IsUnsteady)
            {
                journal.Publish(EventKind.BoardBack, device.Id,
                    $"The {NameOf(device)} is here again after {Spoken(now - board.LostSince)}.");
            }
        }
    }

    private void TellStart(Device device, WatchedBoard board, EventKind kind, Telemetry telemetry, TimeSpan now)
    {
        if (kind == EventKind.BoardUpdated)
        {
            string release = telemetry.Release == Telemetry.Unknown ? "" : $", release {telemetry.Release}";
            journal.Publish(kind, device.Id, $"The {NameOf(device)} runs firmware {telemetry.Firmware}{release} now.");
            return;
        }

        switch (board.Starts.Count(now))
        {
            case Pace.Telling.Event:
                journal.Publish(kind, device.Id, $"The {NameOf(device)} started anew: {Reason(telemetry.Reset)}.");
                break;
            case Pace.Telling.Unsteady:
                journal.Publish(EventKind.BoardUnsteady, device.Id, $"The {NameOf(device)} started anew more than "
                    + $"{Pace.MostPerHour} times within an hour, last: {Reason(telemetry.Reset)}.");
                break;
        }
    }

    /// <summary>The words of <c>ResetReasons</c> in the firmware, as people say them.</summary>
    private static string Reason(string? reset) => reset switch
    {
        null => "it does not say why",
        "power" => "its power came back, its watchdog bit, or it crashed",
        "console" => "somebody said so at its console",
        "command" => "it was told to",
        "stall" => "it had come to a standstill",
        "update" => "to run an update",
        "trial" => "its update did not come to mine, and the one before it runs again",
        "safe" => "its rest in safe mode is over",
        "settings" => "it got new settings",
        _ => reset,
    };

    private static string Some(IReadOnlyList<Device> devices) => devices.Count <= NamedOfMany
        ? string.Join(", ", devices.Select(device => device.Id))
        : $"{string.Join(", ", devices.Take(NamedOfMany).Select(device => device.Id))} and "
            + $"{devices.Count - NamedOfMany} more";

    private static string Spoken(TimeSpan time) => time.TotalHours >= 48 ? $"{time.TotalDays:0} days"
        : time.TotalMinutes >= 120 ? $"{time.TotalHours:0} hours"
        : time.TotalSeconds >= 120 ? $"{time.TotalMinutes:0} minutes"
        : $"{time.TotalSeconds:0} seconds";
}
