using System.Numerics;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Ledger.Earnings;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>What work is worth at the moment, by the rule that is set and the block that is worked on.</summary>
internal sealed class WorkTariff(JobBoard jobs, Live<RewardOptions> options)
{
    /// <summary>What work is paid whether there are blocks or not; null where only blocks pay.</summary>
    public Tariff? Current => options.Now.Kind switch
    {
        RewardRule.Tariff => new Tariff(options.Now.TariffPicoMsat),
        RewardRule.Pps when BlockRewardMsat is { } reward and > 0 && BlockWork is { } work =>
            Tariff.OfBlock(reward, work).Less(new PoolFee(options.Now.FeePpm)),
        _ => null,
    };

    /// <summary>What work is worth: its tariff, or on average what blocks pay for it, before any fee; null without
    /// work. For <see cref="BoardDay"/>.</summary>
    public WorkPrice? Price => Current is { } tariff ? WorkPrice.Of(tariff)
        : BlockRewardMsat is { } reward && BlockWork is { } work ? WorkPrice.OfBlock(reward, work)
        : null;

    /// <summary>What the block that is worked on would pay; null without work.</summary>
    public long? BlockRewardMsat => jobs.Current is { } job
        ? checked((long)job.Template.CoinbaseValue * BlockSettlement.MsatPerSatoshi)
        : null;

    /// <summary>Expected hashes to solve it: a public chain's blocks take more than 64 bits hold. Null without work.
    /// </summary>
    public UInt128? BlockWork => jobs.Current is { } job
        ? UInt128.CreateSaturating((BigInteger.One << 256) / (job.BlockTarget.ToBigInteger() + BigInteger.One))
        : null;
}
