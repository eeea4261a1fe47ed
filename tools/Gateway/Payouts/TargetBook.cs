using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Addresses;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Where accounts want to be paid. A Stratum miner whose name is a Lightning address wants to be paid there
/// until somebody says otherwise.</summary>
internal sealed class TargetBook(PayoutStore store, Journal journal, Live<PayoutSettings> settings, TimeProvider time)
{
    /// <summary>Set by the owner.</summary>
    public const string ByOwner = "owner";

    /// <summary>Set by the account's holder.</summary>
    public const string ByHolder = "holder";

    private const string ByName = "name";
    private const int AccountsAtOnce = 1_000;

    /// <summary>The target of an account; null for none.</summary>
    public AccountTarget? Find(string account) => store.Target(account) ?? Named(account);

    /// <summary>Every target, set or named, by account.</summary>
    public IReadOnlyList<AccountTarget> All()
    {
        SortedDictionary<string, AccountTarget> all = new(StringComparer.Ordinal);
        for (int from = 0; ; from += AccountsAtOnce)
        {
            IReadOnlyList<Balance> page = journal.Accounts(from, AccountsAtOnce);
            foreach (Balance balance in page)
            {
                if (Named(balance.Account.Name) is { } named)
                {
                    all[named.Account] = named;
                }
            }

            if (page.Count < AccountsAtOnce)
            {
                break;
            }
        }

        foreach (AccountTarget target in store.Targets())
        {
            all[target.Account] = target;
        }

        return [.. all.Values];
    }

    /// <summary>Sets a target.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="text">The target.</param>
    /// <param name="thresholdMsat">Balance from which it is paid; null for the gateway's own.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="problem">Why not, for people; empty where it was set.</param>
    public PayoutFault Set(string account, string text, long? thresholdMsat, string by, out string problem)
    {
        long least = settings.Now.Desk.MinMsat;
        if (!new Account(account, LedgerUnit.MilliSatoshi).IsValid || !IsPayable(journal.Find(account)?.Account))
        {
            problem = "Nothing is paid out of an account of this name.";
            return PayoutFault.NoSuchAccount;
        }

        if (!PayoutTarget.TryParse(text, settings.Now.Chain, out PayoutTarget? target, out problem))
        {
            return PayoutFault.BadTarget;
        }

        if (thresholdMsat < least)
        {
            problem = $"A threshold is at least {least} msat.";
            return PayoutFault.NotPayable;
        }

        store.SetTarget(new AccountTarget(account, target!.Text, thresholdMsat, by, time.GetUtcNow()));
        return PayoutFault.None;
    }

    /// <summary>Takes a target away; a miner's name stays one.</summary>
    /// <returns>False where none was set.</returns>
    public bool Remove(string account) => store.RemoveTarget(account);

    /// <summary>Whether anybody can be paid out of an account; one that holds nothing yet may get a target.</summary>
    public static bool IsPayable(Account? account) => account is null
        || (account is { Unit: LedgerUnit.MilliSatoshi, MayOwe: false } && account != Account.Pool
            && account != Account.Payouts && account != Account.Paid);

    private static AccountTarget? Named(string account) =>
        Account.MinerOf(account) is { } name && name.Contains('@') && PayTarget.TryParse(name, out PayTarget? page)
            ? new AccountTarget(account, page!.Text, null, ByName, DateTimeOffset.UnixEpoch)
            : null;
}
