using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>The accounts of Stratum miners that are named by an address: whom a coinbase can pay.</summary>
internal sealed class MinerAccounts(Journal journal, Live<RewardOptions> options)
{
    private const int AccountsAtOnce = 1_000;

    // Accounts that are no address of the template's coin are passed over, so a few more are kept than are paid.
    private const int KeptPerPayee = 4;

    private IReadOnlyList<Credit> _largest = [];

    /// <summary>The largest balances as <see cref="Refresh"/> found them, the largest first.</summary>
    public IReadOnlyList<Credit> Largest => Volatile.Read(ref _largest);

    /// <summary>The script of the address that an account is named by; null where it is no address of the coin.
    /// </summary>
    public static byte[]? ScriptOf(string account, Coin coin) =>
        Account.MinerOf(account) is { } address && Address.TryToScript(address, coin.Addresses, out byte[] script)
            ? script
            : null;

    /// <summary>Looks at the balances anew.</summary>
    public void Refresh()
    {
        if (options.Now.CoinbasePayees > 0)
        {
            Volatile.Write(ref _largest, [.. All().Where(miner => miner.MilliSatoshi > 0 && ScriptOf(miner) is not null)
                .OrderByDescending(miner => miner.MilliSatoshi).Take(KeptPerPayee * options.Now.CoinbasePayees)]);
        }
    }

    /// <summary>What a block's coinbase paid to miners: its outputs after the first, which is the owner's.</summary>
    public IReadOnlyList<Credit> PaidBy(Block block)
    {
        Dictionary<string, long> values = [];
        foreach (TransactionOutput output in block.Transactions[0].Outputs.Skip(1).Where(output => output.Value > 0))
        {
            string script = Convert.ToHexString(output.Script);
            values[script] = checked(values.GetValueOrDefault(script) + (long)output.Value);
        }

        List<Credit> paid = [];
        if (values.Count == 0)
        {
            return paid;
        }

        foreach (Credit miner in All().OrderByDescending(miner => miner.MilliSatoshi))
        {
            // Two accounts of one address are one person's: the larger one has been paid.
            if (ScriptOf(miner) is { } script && values.Remove(script, out long satoshi))
            {
                paid.Add(new Credit(miner.Who, checked(satoshi * BlockSettlement.MsatPerSatoshi)));
            }
        }

        return paid;
    }

    // An address says the same whatever the coin: chains that share a way of writing share its meaning.
    private static string? ScriptOf(Credit miner) => Coin.All.Values
        .Select(coin => ScriptOf(miner.Who, coin)).FirstOrDefault(script => script is not null) is { } found
        ? Convert.ToHexString(found)
        : null;

    private IEnumerable<Credit> All()
    {
        for (int from = 0; ; from += AccountsAtOnce)
        {
            IReadOnlyList<Balance> page = journal.Accounts(from, AccountsAtOnce);
            foreach (Balance balance in page)
            {
                if (Account.MinerOf(balance.Account.Name) is not null)
                {
                    yield return new Credit(balance.Account.Name, (long)Int128.Min(balance.Amount, long.MaxValue));
                }
            }

            if (page.Count < AccountsAtOnce)
            {
                yield break;
            }
        }
    }
}
