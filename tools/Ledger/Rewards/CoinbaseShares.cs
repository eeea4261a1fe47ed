namespace MicroFirmware.Ledger.Rewards;

/// <summary>
/// What a block's coinbase pays by itself (non-custodial): the largest balances, each whole satoshi of them, until the
/// reward or the room for outputs is used up. What is below the dust limit stays a balance.
/// </summary>
/// <param name="Paid">Satoshi by payee, the largest first.</param>
/// <param name="Rest">Satoshi of the reward that are left to the pool's own output.</param>
public sealed record CoinbaseShares(IReadOnlyList<(string Who, long Satoshi)> Paid, long Rest)
{
    private const long MsatPerSatoshi = 1000;

    /// <summary>Chooses whom to pay.</summary>
    /// <param name="rewardSatoshi">What the coinbase may pay, 0 or more.</param>
    /// <param name="balances">Balances in millisatoshi, each name once; those not above 0 are passed over.</param>
    /// <param name="dustSatoshi">The least an output may pay, 1 or more.</param>
    /// <param name="maxOutputs">Outputs besides the pool's own, 0 or more.</param>
    public static CoinbaseShares Of(
        long rewardSatoshi, IEnumerable<Credit> balances, long dustSatoshi, int maxOutputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rewardSatoshi);
        ArgumentOutOfRangeException.ThrowIfLessThan(dustSatoshi, 1);
        List<(string, long)> paid = [];
        long rest = rewardSatoshi;
        foreach (Credit balance in balances.OrderByDescending(b => b.MilliSatoshi)
            .ThenBy(b => b.Who, StringComparer.Ordinal).Take(maxOutputs))
        {
            long satoshi = Math.Min(balance.MilliSatoshi / MsatPerSatoshi, rest);
            if (satoshi < dustSatoshi)
            {
                break;
            }

            paid.Add((balance.Who, satoshi));
            rest -= satoshi;
        }

        return new CoinbaseShares(paid, rest);
    }
}
