using System.Numerics;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Overview;

/// <summary>The chain that is mined.</summary>
/// <param name="IsPractice">It is the chain inside the gateway: its coins are worth nothing.</param>
/// <param name="Coin">What people call it.</param>
/// <param name="Height">Height of the block that is worked on.</param>
/// <param name="BlockWork">Expected hashes to solve it.</param>
/// <param name="RewardMsat">What the block pays, fees included where they are known; null where nobody says.</param>
/// <param name="BlockTime">Mean time between two blocks of all who mine it.</param>
public sealed record NetworkReport(
    bool IsPractice, string Coin, int Height, UInt128 BlockWork, long? RewardMsat, TimeSpan BlockTime)
{
    private const string PoolCoin = "bitcoin";
    private const ulong FirstSubsidySat = 5_000_000_000;
    private const long MsatPerSat = 1_000;

    // All chains that are mined here by double SHA-256 aim at it, the practice chain apart.
    private static readonly TimeSpan s_blockTime = TimeSpan.FromMinutes(10);

    /// <summary>Difficulty of the block.</summary>
    public double Difficulty => (double)BlockWork / Target.DifficultyOneWork;

    /// <summary>Hashes a second of all who mine it, as its difficulty says.</summary>
    public double HashesPerSecond => (double)BlockWork / BlockTime.TotalSeconds;

    /// <summary>Seconds until a block at a rate, on average; infinite for none.</summary>
    public double SecondsToBlock(double hashesPerSecond) => (double)BlockWork / hashesPerSecond;

    /// <summary>The chain of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isPractice">Whether it comes from the embedded chain.</param>
    /// <param name="practiceTime">Time between two blocks of that.</param>
    internal static NetworkReport Of(Job job, bool isPractice, TimeSpan practiceTime)
    {
        BlockTemplate template = job.Template;
        Coin coin = template.Coin ?? Bitcoin.Coin.Find(PoolCoin);
        return new NetworkReport(
            isPractice,
            isPractice ? "practice chain" : coin.Title,
            job.Height,
            WorkOf(template.Bits),
            RewardOf(template, coin),
            isPractice ? practiceTime : s_blockTime);
    }

    /// <summary>A node says what the block pays; of a pool's only the subsidy is known, where the coin halves it.
    /// </summary>
    private static long? RewardOf(BlockTemplate template, Coin coin)
    {
        if (template.Pool is null)
        {
            return checked((long)template.CoinbaseValue * MsatPerSat);
        }

        return coin.HalvingInterval is { } interval
            ? (long)(FirstSubsidySat >> Math.Min(63, template.Height / interval)) * MsatPerSat : null;
    }

    /// <summary>2^256 / (target + 1): in full, because a block of the main chain takes more than 64 bits of hashes.
    /// </summary>
    private static UInt128 WorkOf(uint bits)
    {
        int shift = 8 * ((int)(bits >> 24) - 3);
        BigInteger mantissa = bits & 0x007f_ffff;
        BigInteger target = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        BigInteger work = (BigInteger.One << 256) / (target + 1);
        return work > UInt128.MaxValue ? UInt128.MaxValue : (UInt128)work;
    }
}
