using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Makes a template of a pool's job.</summary>
internal static class PoolTemplate
{
    /// <summary>Makes it.</summary>
    /// <param name="job">The pool's job.</param>
    /// <param name="lease">Whose extranonce1 is in the coinbase.</param>
    /// <param name="shareTarget">What the pool asks of a share of this job.</param>
    /// <param name="versionMask">Version bits that may be rolled.</param>
    /// <param name="clean">Whether everything before is worthless.</param>
    /// <param name="template">The template where the answer is true.</param>
    /// <returns>False where the parts make no coinbase.</returns>
    public static bool TryMake(
        StratumMessage.Notify job,
        PoolLease lease,
        UInt256 shareTarget,
        uint versionMask,
        bool clean,
        out BlockTemplate? template)
    {
        template = null;
        byte[] prefix = [.. job.CoinbasePrefix, .. lease.Extranonce1];
        byte[] whole = [.. prefix, .. new byte[lease.Extranonce2Size], .. job.CoinbaseSuffix];
        if (Transaction.TryParse(whole, out Transaction? coinbase, out int used) != ParseStatus.Done
            || used != whole.Length || !coinbase!.IsCoinbase)
        {
            return false;
        }

        template = new BlockTemplate
        {
            Version = job.Version,
            VersionMask = versionMask,
            PreviousHash = job.PreviousHash,
            Bits = job.Bits,
            Time = job.NTime,
            Height = Coinbase.ReadHeight(coinbase.Inputs[0].Script) ?? 0,
            CoinbaseValue = coinbase.Outputs.Aggregate(0UL, (sum, output) => unchecked(sum + output.Value)),
            Clean = clean,
            Pool = new PoolWork(
                lease.Number,
                job.JobId,
                new SplitCoinbase(prefix, lease.Extranonce2Size, job.CoinbaseSuffix),
                job.Branch,
                shareTarget,
                lease.ExtranoncesOn(job.PreviousHash)),
        };
        return true;
    }
}
