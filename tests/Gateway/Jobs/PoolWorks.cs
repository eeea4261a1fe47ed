using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>Templates as a pool gives them.</summary>
internal static class PoolWorks
{
    /// <summary>Work on a given block, whose shares take 16 hashes and whose block takes 2^40.</summary>
    public static BlockTemplate Template(
        string jobId, ExtranonceCounter extranonces, byte previous = 1, byte tag = 0) =>
        FixedUpstream.Easy(previous) with
        {
            Bits = Target.ToCompact(Target.FromWork(1UL << 40)),
            Pool = new PoolWork(
                1,
                jobId,
                Coinbase.Split(100, [tag, 0xaa, 0xbb], extranonces.Size, [new(50 * Consensus.Coin, [0x51])]),
                [Sha256d.Hash([7]), Sha256d.Hash([8])],
                Target.FromWork(16),
                extranonces),
        };
}
