using System.Globalization;
using System.Numerics;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>
/// A price of work, whether there are blocks or not: what an operator promises, or what follows from a block's reward
/// (PPS). What is due is the floor over all work at one price, so that it does not matter in which batches the work
/// came.
/// </summary>
/// <param name="PicoMsat">10^-12 msat per 2^32 hashes, 0 or more.</param>
public readonly record struct Tariff(UInt128 PicoMsat)
{
    private static readonly BigInteger s_picosAndHashes = BigInteger.Pow(10, 12) << 32;

    /// <summary>The price at which all work that a block takes is worth its reward.</summary>
    /// <param name="rewardMsat">The reward, 0 or more.</param>
    /// <param name="blockWork">Expected hashes to solve the block, 1 or more.</param>
    public static Tariff OfBlock(long rewardMsat, UInt128 blockWork)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rewardMsat);
        ArgumentOutOfRangeException.ThrowIfZero(blockWork);
        return new Tariff((UInt128)(rewardMsat * s_picosAndHashes / blockWork));
    }

    /// <summary>Less a fee.</summary>
    public Tariff Less(PoolFee fee) => new((UInt128)((BigInteger)PicoMsat * (PoolFee.Whole - fee.Ppm) / PoolFee.Whole));

    /// <summary>What all work at this price is worth, rounded down.</summary>
    /// <param name="work">Expected hashes, 0 or more.</param>
    /// <returns>Millisatoshi.</returns>
    /// <exception cref="OverflowException">More than 127 bits.</exception>
    public Int128 Due(Int128 work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(work);
        return (Int128)((BigInteger)work * PicoMsat / s_picosAndHashes);
    }

    /// <summary>What more work adds.</summary>
    /// <param name="paid">Expected hashes that this price was paid for before.</param>
    /// <param name="work">Expected hashes more, 0 or more.</param>
    /// <returns>Millisatoshi.</returns>
    /// <exception cref="OverflowException">More than 63 bits.</exception>
    public long DueFor(Int128 paid, long work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(work);
        return checked((long)(Due(checked(paid + work)) - Due(paid)));
    }

    /// <summary>The price in digits, as accounts name it.</summary>
    public override string ToString() => PicoMsat.ToString(CultureInfo.InvariantCulture);
}
