using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>Looks how far a new board, or a new Stratum miner, has come. One look costs one search.</summary>
internal sealed class JoinWatch(DeviceRegistry registry, GatewayClock clock)
{
    // Taken once, so that a moment has the same date however often one looks.
    private readonly DateTimeOffset _started = clock.Source.GetUtcNow() - clock.Now;

    /// <summary>How far the board with this code has come.</summary>
    public JoinProgress Look(JoinTicket ticket)
    {
        if (ticket.Used is not { } use)
        {
            bool isOver = clock.Source.GetUtcNow() >= ticket.End;
            return new JoinProgress(isOver ? JoinStage.Expired : JoinStage.Waiting);
        }

        // What is not said is under way, or a gateway broke off over it: the registry knows.
        bool isIn = use.Result is EnrolResult.Enrolled or EnrolResult.AlreadyEnrolled or EnrolResult.Replaced
            || (use.Result is null && registry.Find(use.Device) is not null);
        return isIn
            ? Look(use.Device, use.At)
            : new JoinProgress(JoinStage.Refused, use.Device, use.Result ?? EnrolResult.StoreUnavailable);
    }

    /// <summary>How far a device has come, such as a Stratum miner that nobody announced.</summary>
    /// <param name="id">Its id; of a miner <c>account.worker</c>.</param>
    public JoinProgress LookForDevice(string id) => registry.Find(id) is { } device
        ? Look(id, DateTimeOffset.FromUnixTimeMilliseconds(device.RegisteredUnixMs))
        : new JoinProgress(JoinStage.Waiting);

    private JoinProgress Look(string id, DateTimeOffset configured)
    {
        if (registry.Find(id) is not { } device)
        {
            return new JoinProgress(JoinStage.Configured, id, null, configured);
        }

        lock (device)
        {
            DeviceActivity? activity = device.Activity;
            DateTimeOffset? connected = DateOf(activity?.OnlineSince);
            DateTimeOffset? working = DateOf(activity?.FirstWork);
            DateTimeOffset? proven = DateOf(activity?.FirstShare);
            JoinStage stage = proven is not null ? JoinStage.Proven
                : working is not null ? JoinStage.Working
                : connected is not null ? JoinStage.Connected
                : JoinStage.Configured;
            return new JoinProgress(stage, id, null, configured, connected, working, proven);
        }
    }

    private DateTimeOffset? DateOf(TimeSpan? moment) =>
        moment is { } then ? _started + then : null;
}
