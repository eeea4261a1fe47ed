using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Judges a share. The checks and their order: malformed, bad tag (<see cref="Read"/>); unknown job, stale, out of
/// lane, bad version bits, bad ntime, low difficulty, duplicate (<c>Check</c>). The first that fails is the verdict.
/// </summary>
internal static class ShareValidator
{
    /// <summary>Reads the octets of a share from a device.</summary>
    /// <param name="octets">The message.</param>
    /// <param name="key">The device's key.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="share">The share; null when it is malformed.</param>
    /// <returns>Accepted so far, BadTag or Malformed.</returns>
    public static VerdictCode Read(ArraySegment<byte> octets, byte[] key, string device, out ShareRecord? share)
    {
        Protocol.ParseStatus status =
            ShareRecord.Parse(octets.Array, octets.Offset, octets.Count, out ShareRecord parsed);
        share = status == Protocol.ParseStatus.Done ? parsed : null;
        return share is null ? VerdictCode.Malformed
            : ShareRecord.IsAuthentic(octets.Array, octets.Offset, key, device) ? VerdictCode.Accepted
            : VerdictCode.BadTag;
    }

    /// <summary>
    /// Judges a share that was read. One of a stale job is hashed all the same: it may solve a block.
    /// </summary>
    /// <param name="share">The share.</param>
    /// <param name="board">Where its job is.</param>
    /// <param name="owner">The device's number.</param>
    public static ShareFinding Check(ShareRecord share, JobBoard board, int owner)
    {
        JobState state = board.Find(share.JobId, out Job? job);
        if (state == JobState.Unknown || job is null)
        {
            VerdictCode code = state == JobState.Unknown ? VerdictCode.UnknownJob : VerdictCode.Stale;
            return new ShareFinding(new ShareCheck(code, Hash256.Zero, 0), null);
        }

        LaneShare lane = new(share.Lane, share.HeaderVersion, share.NTime, share.Nonce);
        ShareCheck check = job.Check(lane, owner);
        return Conclude(check, state, check.GoesUp ? job.Solve(lane) : null);
    }

    /// <summary>Judges the share of a Stratum connection.</summary>
    /// <param name="share">What the miner says.</param>
    /// <param name="job">The job that it names.</param>
    /// <param name="state">Whether that counts.</param>
    /// <param name="extranonce">What the connection's extranonce1 and the miner's extranonce2 make.</param>
    /// <param name="root">The merkle root under that.</param>
    /// <param name="terms">On what terms the job was issued to it.</param>
    public static ShareFinding Check(
        in ConnectionShare share,
        Job job,
        JobState state,
        in Extranonce extranonce,
        in Hash256 root,
        in ConnectionTerms terms)
    {
        ShareCheck check = job.Check(share, root, terms);
        return Conclude(check, state, check.GoesUp ? job.Solve(share, extranonce, root, terms) : null);
    }

    /// <summary>A pool takes no stale share either, but nobody throws a block away: what is stale by our policy may
    /// still be the chain's next one.</summary>
    private static ShareFinding Conclude(in ShareCheck check, JobState state, Solution? solution) =>
        state == JobState.Live
            ? new ShareFinding(check, solution)
            : new ShareFinding(
                new ShareCheck(VerdictCode.Stale, check.Hash, 0),
                check.Verdict == VerdictCode.BlockFound ? solution : null);
}
