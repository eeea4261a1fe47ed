using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// From a device's octets to a durable verdict: read, judge, hand to the sink, and, once it is durable, credit, follow
/// the device's speed and tell it.
/// </summary>
internal sealed class ShareRoom(
    JobBoard board, IShareSink sink, BlockDesk blocks, FleetStatistics fleet, ShareOptions options, GatewayClock clock)
{
    /// <summary>Takes one share. Does not block and does not throw.</summary>
    /// <param name="device">Who sent it, by its own connection.</param>
    /// <param name="octets">The message.</param>
    /// <param name="receipt">Who waits for the verdict.</param>
    public void Take(Device device, ArraySegment<byte> octets, IShareReceipt receipt)
    {
        VerdictCode code = ShareValidator.Read(octets, device.Key, device.Id, out ShareRecord? share);
        if (code != VerdictCode.Accepted)
        {
            // Nobody knows whose sequence number this is, so nothing is stored under it.
            fleet.Count(code);
            receipt.Give(new Verdict { Code = code });
            return;
        }

        // Asked before it is judged: a share that was judged is remembered, and must not be lost then.
        if (!sink.HasRoom)
        {
            receipt.Withhold();
            return;
        }

        ShareFinding finding = ShareValidator.Check(share!, board, device.Number);
        if (finding.Solved is { } job)
        {
            blocks.Take(job, share!, device);
        }

        ulong best = finding.Check.Work == 0 ? 0 : BestWork(device, finding.Check.Hash);
        sink.Append(new JudgedShare(
            device, share!, finding.Check.Verdict, finding.Check.Work, best, clock.UnixMs, OnSettled, receipt));
    }

    private ulong BestWork(Device device, in Hash256 hash)
    {
        UInt256 number = hash.Number;
        lock (device)
        {
            DeviceActivity activity = device.Awake(options, clock.Now);
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

        TimeSpan now = clock.Now;
        fleet.Count(share.Code);
        Device device = share.Device;
        lock (device)
        {
            device.Totals.Add(share.Totals);
            DeviceActivity activity = device.Awake(options, now);
            activity.LastSeen = now;
            if (share.Work > 0)
            {
                activity.Credit(share.Work, now);
                activity.ShareWork.Credit(options, share.Work, now);
            }
        }

        if (share.Work > 0)
        {
            fleet.Credit(share.Work, now);
        }
    }
}
