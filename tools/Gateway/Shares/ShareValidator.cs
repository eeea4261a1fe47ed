using System.Buffers.Binary;
using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Judges a share. The checks and their order: malformed, bad tag (<see cref="Read"/>); unknown job, stale, out of lane,
/// bad version bits, bad ntime, low difficulty, duplicate (<see cref="Check"/>). The first that fails is the verdict.
/// A share of a job that is over is hashed all the same, because it may solve a block. Pure: nothing is remembered here.
/// </summary>
internal static class ShareValidator
{
    private const int AtVersion = 0;
    private const int AtTime = 68;
    private const int AtNonce = 76;

    /// <summary>Reads the octets of a share from a device.</summary>
    /// <param name="octets">The message.</param>
    /// <param name="key">The device's key.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="share">The share; null when it is malformed.</param>
    /// <returns>Accepted so far, BadTag or Malformed.</returns>
    public static VerdictCode Read(ArraySegment<byte> octets, byte[] key, string device, out ShareRecord? share)
    {
        ParseStatus status = ShareRecord.Parse(octets.Array, octets.Offset, octets.Count, out ShareRecord parsed);
        share = status == ParseStatus.Done ? parsed : null;
        return share is null ? VerdictCode.Malformed
            : ShareRecord.IsAuthentic(octets.Array, octets.Offset, key, device) ? VerdictCode.Accepted
            : VerdictCode.BadTag;
    }

    /// <summary>Judges a share that was read.</summary>
    /// <param name="share">The share.</param>
    /// <param name="job">Whether its job is live, over, or not known.</param>
    /// <param name="lane">The lane of this device that it names; null when the device has no such lane.</param>
    public static ShareFinding Check(ShareRecord share, JobState job, AssignedLane? lane)
    {
        if (job == JobState.Unknown)
        {
            return Refuse(VerdictCode.UnknownJob);
        }

        VerdictCode fault = lane is null ? VerdictCode.OutOfLane : CheckFields(share, lane);
        if (fault != VerdictCode.Accepted)
        {
            return Refuse(job == JobState.Over ? VerdictCode.Stale : fault);
        }

        Span<byte> header = stackalloc byte[BlockHeader.Size];
        lane!.Header.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[AtVersion..], share.HeaderVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(header[AtTime..], share.NTime);
        BinaryPrimitives.WriteUInt32LittleEndian(header[AtNonce..], share.Nonce);
        Hash256 hash = Sha256d.HashHeader(header);
        UInt256 number = hash.Number;
        bool credited = lane.IsCredited(hash);
        bool solves = number <= lane.BlockTarget && !credited;
        VerdictCode code = job == JobState.Over ? VerdictCode.Stale
            : number > lane.ShareTarget ? VerdictCode.LowDifficulty
            : credited ? VerdictCode.Duplicate
            : solves ? VerdictCode.BlockFound
            : VerdictCode.Accepted;
        return new ShareFinding(code, hash, solves);
    }

    private static VerdictCode CheckFields(ShareRecord share, AssignedLane lane)
    {
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(lane.Header[AtVersion..]);
        uint time = BinaryPrimitives.ReadUInt32LittleEndian(lane.Header[AtTime..]);
        return share.Nonce < lane.FirstNonce || share.Nonce > lane.LastNonce ? VerdictCode.OutOfLane
            : ((share.HeaderVersion ^ version) & ~lane.VersionMask) != 0 ? VerdictCode.BadVersionBits
            : share.NTime < time || share.NTime - time > lane.NTimeRollSeconds ? VerdictCode.BadNTime
            : VerdictCode.Accepted;
    }

    private static ShareFinding Refuse(VerdictCode code) => new(code, Hash256.Zero, false);
}
