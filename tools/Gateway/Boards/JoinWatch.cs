using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>Looks how far a new board, or a new Stratum miner, has come. One look costs one search.</summary>
internal sealed class JoinWatch(DeviceRegistry registry, GatewayClock clock)
{
    /// <summary>How far the board with this code has come.</summary>
    public JoinProgress Look(JoinTicket ticket)
    {
        if (ticket.Used is not { } use)
        {
            bool isOver = clock.Source.GetUtcNow() >= ticket.End;
            return new JoinProgress(isOver ? JoinStage.Expired : JoinStage.Waiting);
        }

        return use.Result is EnrolResult.Enrolled or EnrolResult.AlreadyEnrolled or EnrolResult.Replaced
            ? Look(use.Device, use.At)
            : new JoinProgress(JoinStage.Refused, use.Device, use.Result);
    }

    /// <summary>How far the Stratum miner of this name has come.</summary>
    /// <param name="worker"><c>account.worker</c>.</param>
    public JoinProgress LookForMiner(string worker) => registry.Find(worker) is { } device
        ? Look(worker, DateTimeOffset.FromUnixTimeMilliseconds(device.RegisteredUnixMs))
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
        moment is { } then ? clock.Source.GetUtcNow() - (clock.Now - then) : null;
}
