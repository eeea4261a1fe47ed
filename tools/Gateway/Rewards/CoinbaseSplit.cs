using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>
/// Whom the next block pays by itself, without anybody's custody: miners whose account is an address, the largest
/// balances first. While a block that was found is not settled, the balances are not known, and all goes to the owner.
/// </summary>
internal sealed class CoinbaseSplit(
    MinerAccounts miners, Live<RewardOptions> options, BlockDesk blocks, BlockSettlement settlement)
{
    /// <summary>Below this an output costs more to spend than it holds, and nodes do not pass it on (P2PKH's limit,
    /// the highest).</summary>
    private const long DustSatoshi = 546;

    /// <summary>Outputs for a template's coinbase; empty for the owner's alone. Does not wait.</summary>
    public IReadOnlyList<TransactionOutput> PayoutsOf(BlockTemplate template)
    {
        int payees = options.Now.CoinbasePayees;
        if (template.Coin is not { } coin || payees == 0 || blocks.IsAnyUnderWay || !settlement.IsIdle)
        {
            return [];
        }

        Dictionary<string, byte[]> scripts = [];
        HashSet<string> taken = [];
        foreach (Credit miner in miners.Largest)
        {
            if (MinerAccounts.ScriptOf(miner.Who, coin) is { } script && taken.Add(Convert.ToHexString(script)))
            {
                scripts.Add(miner.Who, script);
            }
        }

        long reward = (long)Math.Min(template.CoinbaseValue, long.MaxValue);
        CoinbaseShares shares = CoinbaseShares.Of(
            reward, miners.Largest.Where(m => scripts.ContainsKey(m.Who)), DustSatoshi, payees);
        return [.. shares.Paid.Select(paid => new TransactionOutput((ulong)paid.Satoshi, scripts[paid.Who]))];
    }

    /// <summary>Whether the job of this template pays nobody yet, and a new one would.</summary>
    public bool IsDue(BlockTemplate template) => template.Payouts.Count == 0 && PayoutsOf(template).Count > 0;
}
