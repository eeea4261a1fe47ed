namespace MicroFirmware.Ledger.Rewards;

/// <summary>Whoever finds the block gets it.</summary>
public static class SoloReward
{
    /// <summary>All of the reward for the finder.</summary>
    /// <param name="amount">Millisatoshi, 0 or more.</param>
    /// <param name="finder">Who found the block.</param>
    public static IReadOnlyList<Credit> Split(long amount, string finder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return amount == 0 ? [] : [new Credit(finder, amount)];
    }
}
