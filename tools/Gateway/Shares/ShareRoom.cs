using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// From a device's octets to a durable verdict: read, judge, follow the device's speed, hand to the sink, and, once it
/// is durable, credit and tell it.
/// </summary>
internal sealed class ShareRoom
{
    private readonly JobBoard _board;
    private readonly IShareSink _sink;
    private readonly BlockDesk _blocks;
    private readonly FleetStatistics _fleet;
    private readonly Live<ShareOptions> _options;
    private readonly GatewayClock _clock;
    private readonly Action<JudgedShare> _onSettled;

    public ShareRoom(
        JobBoard board,
        IShareSink sink,
        BlockDesk blocks,
        FleetStatistics fleet,
        Live<ShareOptions> options,
        GatewayClock clock)
    {
        (_board, _sink, _blocks, _fleet, _options, _clock) = (board, sink, blocks, fleet, options, clock);
        _onSettled = OnSettled;
    }

    /// <summary>False while so many wait for the disk that no more should be judged.</summary>
    public bool HasRoom => _sink.HasRoom;

    /// <summary>Takes one share. Does not block and does not throw.</summary>
    /// <param name="device">Who sent it, by its own connection.</param>
    /// <param name="octets">The message.</param>
    /// <param name="receipt">Who waits for the verdict.</param>
    public void Take(Device device, ArraySegment<byte> octets, IShareReceipt receipt)
    {
        // Asked before it is judged: a share that was judged is remembered, and must not be lost then.
        if (!HasRoom)
        {
            receipt.Withhold();
            return;
        }

        VerdictCode code = ShareValidator.Read(octets, device.Key, device.Id, out ShareRecord? share);
        if (code != VerdictCode.Accepted)
        {
            _fleet.Count(code);
            _sink.Append(new RefusedMessage(device, code, receipt));
            return;
        }

        Take(device, share!, ShareValidator.Check(share!, _board, device.Number), receipt);
    }

    /// <summary>Takes one share that was judged, after <see cref="HasRoom"/> was asked. Does not block and does not
    /// throw.</summary>
    /// <param name="device">Who sent it, by its own connection.</param>
    /// <param name="share">The share; its sequence is the device's own.</param>
    /// <param name="finding">What the validator found.</param>
    /// <param name="receipt">Who waits for the verdict.</param>
    public void Take(Device device, ShareRecord share, in ShareFinding finding, IShareReceipt receipt)
    {
        if (finding.Solution is { } solution)
        {
            _blocks.Take(solution, device);
        }

        ulong best = finding.Check.Work == 0 ? 0 : Follow(device, finding.Check);
        _sink.Append(new JudgedShare(
            device, share, finding.Check.Verdict, finding.Check.Work, best, _clock.UnixMs, _onSettled, receipt));
    }

    // At the share's arrival, not when it is durable: a slow disk says nothing about the device's speed.
    private ulong Follow(Device device, in ShareCheck check)
    {
        TimeSpan now = _clock.Now;
        UInt256 number = check.Hash.Number;
        _fleet.Best.See(number, _clock.UnixMs);
        lock (device)
        {
            DeviceActivity activity = device.Awake(_options.Now, now);
            activity.ShareWork.Credit(_options.Now, check.Work, now);
            if (number >= activity.BestHash)
            {
                return 0;
            }

            activity.BestHash = number;
        }

        return Target.Work(number);
    }

    private void OnSettled(JudgedShare share)
    {
        if (share.IsRepeated)
        {
            return;
        }

        TimeSpan now = _clock.Now;
        _fleet.Count(share.Code);
        Device device = share.Device;
        lock (device)
        {
            DeviceActivity activity = device.Awake(_options.Now, now);
            device.Totals.Add(share.Totals);
            activity.LastSeen = now;
            activity.Count(share.Code);
            if (share.Work > 0)
            {
                activity.Credit(share.Work, now);
            }
        }

        if (share.Work > 0)
        {
            _fleet.Credit(share.Work, now);
        }
    }
}
