using System.Numerics;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>
/// Divides a whole amount by weights: everybody gets the floor, and what is left goes to the largest remainders, one
/// each. The parts equal the amount exactly.
/// </summary>
public static class LargestRemainder
{
    /// <summary>Divides an amount.</summary>
    /// <param name="amount">0 or more.</param>
    /// <param name="weights">Each 0 or more; their sum above 0. Of equal remainders the earlier one counts as larger.
    /// </param>
    /// <returns>A part for each weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative amount or weight, or no weight above 0.</exception>
    public static long[] Split(long amount, IReadOnlyList<BigInteger> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        BigInteger total = BigInteger.Zero;
        foreach (BigInteger weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            total += weight;
        }

        ArgumentOutOfRangeException.ThrowIfZero(total);
        long[] parts = new long[weights.Count];
        BigInteger[] remainders = new BigInteger[parts.Length];
        long left = amount;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = (long)BigInteger.DivRem(weights[i] * amount, total, out remainders[i]);
            left = checked(left - parts[i]);
        }

        foreach (int i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).Take((int)left))
        {
            parts[i]++;
        }

        return parts;
    }

    /// <summary>Divides an amount among names, in the order of the names: neither the order nor the batches in which
    /// weights were gathered can matter.</summary>
    /// <param name="amount">0 or more.</param>
    /// <param name="weights">Each 0 or more; their sum above 0.</param>
    /// <returns>Who gets something, by name.</returns>
    public static IReadOnlyList<Credit> Split(long amount, IReadOnlyDictionary<string, BigInteger> weights)
    {
        string[] names = [.. weights.Keys.Order(StringComparer.Ordinal)];
        long[] parts = Split(amount, [.. names.Select(name => weights[name])]);
        return [.. names.Zip(parts, (name, part) => new Credit(name, part)).Where(credit => credit.MilliSatoshi > 0)];
    }
}
