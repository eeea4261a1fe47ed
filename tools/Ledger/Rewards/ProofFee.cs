using System.Numerics;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>The fee of a checked proof, split evenly among the boards whose verdict stood.</summary>
public static class ProofFee
{
    /// <summary>Divides the fee.</summary>
    /// <param name="amount">Millisatoshi, 0 or more.</param>
    /// <param name="boards">Whose verdict stood: one or more. Who is named twice counts once.</param>
    public static IReadOnlyList<Credit> Split(long amount, IEnumerable<string> boards) => LargestRemainder.Split(
        amount, boards.Distinct(StringComparer.Ordinal).ToDictionary(board => board, _ => BigInteger.One));
}
