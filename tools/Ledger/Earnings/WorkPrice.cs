using System.Numerics;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Ledger.Earnings;

/// <summary>What work is worth, as an exact fraction.</summary>
public sealed class WorkPrice
{
    // Difficulty 1 is the target 0xffff·2^208, so a block of it takes 2^256 / (0xffff·2^208) hashes.
    private const int DifficultyOneBits = 48;
    private const int DifficultyOneDivisor = 0xffff;

    private static readonly BigInteger s_pico = BigInteger.Pow(10, 12);

    private WorkPrice(BigInteger msat, BigInteger hashes) => (Msat, Hashes) = (msat, hashes);

    /// <summary>Millisatoshi for <see cref="Hashes"/>.</summary>
    internal BigInteger Msat { get; }

    /// <summary>Expected hashes.</summary>
    internal BigInteger Hashes { get; }

    /// <summary>The price at which all work that a block takes is worth its reward: what mining pays on average, before
    /// any fee.</summary>
    /// <param name="rewardMsat">What the block pays, 0 or more.</param>
    /// <param name="blockWork">Expected hashes to solve it, 1 or more; see <see cref="WorkOf"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static WorkPrice OfBlock(long rewardMsat, UInt128 blockWork)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rewardMsat);
        ArgumentOutOfRangeException.ThrowIfZero(blockWork);
        return new WorkPrice(rewardMsat, blockWork);
    }

    /// <summary>The price that an operator promises.</summary>
    public static WorkPrice Of(Tariff tariff) => new(tariff.PicoMsat, s_pico << 32);

    /// <summary>Expected hashes to solve a block of a difficulty, rounded down: difficulty × 2^48 / 65535.</summary>
    /// <param name="difficulty">Above 0, as nodes and explorers show it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    /// <exception cref="OverflowException">More than 128 bits.</exception>
    public static UInt128 WorkOf(decimal difficulty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(difficulty);
        (BigInteger digits, BigInteger scale) = Fraction(difficulty);
        BigInteger work = (digits << DifficultyOneBits) / (scale * DifficultyOneDivisor);
        return work.IsZero ? UInt128.One : (UInt128)work;
    }

    /// <summary>A decimal number as a fraction: nothing is rounded.</summary>
    internal static (BigInteger Digits, BigInteger Scale) Fraction(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        BigInteger digits = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        return (number < 0 ? -digits : digits, BigInteger.Pow(10, number.Scale));
    }
}
