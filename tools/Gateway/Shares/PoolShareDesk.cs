using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Shares that meet a pool's target: each is sent at most once, and the pool's verdict is stored beside ours. One that
/// an earlier run left without an answer stays so: its session ended with the process.
/// </summary>
internal sealed class PoolShareDesk(
    IUpstream upstream, GroupCommit store, GatewayClock clock, ILogger<PoolShareDesk> log)
{
    /// <summary>Takes a share of a pool's job. Does not throw and does not wait.</summary>
    public void Take(Solution solution, Device device)
    {
        if (upstream is not IShareTaker taker || solution.Job.Template.Pool is not { } work)
        {
            return;
        }

        byte[] hash = solution.Header.Hash().ToOctets();
        long now = clock.UnixMs;
        store.Append(new CommitSignal(writer => writer.InsertPoolShare.Bind(1, hash).Bind(2, device.Number)
            .Bind(3, now).Bind(4, (long)Target.Work(work.ShareTarget)).Bind(5, (int)PoolShareState.Found).Run()));
        BlockHeader header = solution.Header;
        _ = SendAsync(taker, hash,
            new PoolShare(work, solution.Extranonce, header.Version, header.Time, header.Nonce));
    }

    private async Task SendAsync(IShareTaker taker, byte[] hash, PoolShare share)
    {
        PoolShareOutcome outcome = await taker.SubmitAsync(share);
        store.Append(new CommitSignal(writer => writer.SetPoolShareState.Bind(1, hash).Bind(2, (int)outcome.State)
            .Bind(3, outcome.Reason).Run()));
        if (outcome.State == PoolShareState.Rejected)
        {
            log.LogWarning("The pool refused share {Hash}, which we hold for good: {Reason}", new Hash256(hash),
                outcome.Reason);
        }
    }
}
