using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>Hands out work: a lane of the current job at the device's share work, signed for the one request.</summary>
internal sealed class WorkDesk(JobBoard board, Live<ShareOptions> options, GatewayClock clock)
{
    // A job is replaced long before; this is for a board that hears of nothing any more.
    private const ushort SettledValiditySeconds = 120;

    // A board whose speed is not known yet is to come back for work that suits it.
    private const ushort FirstValiditySeconds = 10;

    /// <summary>Work for a device that was let in.</summary>
    /// <returns>The 192 octets; null when there is no job, or it has no lanes left.</returns>
    public byte[]? TryHandOut(Device device, ulong counter)
    {
        if (board.Current is not { } job)
        {
            return null;
        }

        ulong shareWork;
        bool settled;
        lock (device)
        {
            TimeSpan now = clock.Now;
            DeviceActivity activity = device.Awake(options.Now, now);
            activity.LastSeen = now;
            activity.FirstWork ??= now;
            shareWork = activity.ShareWork.Assign();
            settled = activity.ShareWork.IsSettled;
        }

        if (!job.TryGrant(device.Number, shareWork, out LaneGrant grant))
        {
            return null;
        }

        byte[] record = new byte[WorkRecord.Length];
        ToRecord(job, grant, counter, settled).Write(record, 0, device.Key, device.Id);
        return record;
    }

    private WorkRecord ToRecord(Job job, in LaneGrant grant, ulong counter, bool settled)
    {
        byte[] target = new byte[Limits.TargetLength];
        grant.ShareTarget.CopyTo(target);
        return new WorkRecord
        {
            CleanJobs = job.Clean,
            ValiditySeconds = settled ? SettledValiditySeconds : FirstValiditySeconds,
            JobId = job.Id,
            Lane = grant.Lane,
            Height = (uint)job.Height,
            Counter = counter,
            Header = grant.Header.ToOctets()[..Limits.HeaderWithoutNonceLength],
            FirstNonce = 0,
            LastNonce = uint.MaxValue,
            VersionMask = grant.VersionMask,
            NTimeRollSeconds = grant.NTimeRollSeconds,
            GatewayTime = (uint)(clock.UnixMs / 1000),
            ShareTarget = target,
        };
    }
}
