using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Reads the ledger for people: one walk over all accounts.</summary>
internal sealed class MoneyDesk(Journal journal, PayoutRoom room, TargetBook targets, TimeProvider time)
{
    private const int AccountsAtOnce = 1_000;
    private const int RecentPayouts = 500;
    private const int MostSales = 5_000;
    private const string SitePrefix = "site:";
    private const string LightningPrefix = "l402:";
    private const string BalancePrefix = "pay:";

    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    /// <summary>The money of this moment.</summary>
    public MoneyReport Read()
    {
        Dictionary<string, AccountTarget> wanted = targets.All().ToDictionary(target => target.Account);
        List<MoneyReport.Line> lines = [];
        foreach (Balance balance in All())
        {
            string name = balance.Account.Name;
            lines.Add(new MoneyReport.Line(name, balance.Amount, wanted.GetValueOrDefault(name)));
        }

        return new MoneyReport(
            lines.Aggregate((Int128)0, (sum, line) => checked(sum + line.BalanceMsat)),
            AmountOf(Account.Payouts),
            AmountOf(Account.Paid),
            [.. lines.OrderByDescending(line => line.BalanceMsat).ThenBy(line => line.Name, StringComparer.Ordinal)],
            [.. lines.Where(line => line.Name.StartsWith(SitePrefix, StringComparison.Ordinal))
                .Select(line => SalesOf(line.Name))],
            room.Open,
            Failed());
    }

    private SiteSales SalesOf(string site)
    {
        long since = (time.GetUtcNow() - s_month).ToUnixTimeMilliseconds();
        IReadOnlyList<StatementLine> lines = journal.Statement(site, null, MostSales);
        StatementLine[] recent = [.. lines.TakeWhile(line => line.UnixMs >= since).Where(line => line.Amount > 0)];
        Int128 lightning = Sum(recent, LightningPrefix, out int invoices);
        Int128 balance = Sum(recent, BalancePrefix, out int debits);
        return new SiteSales(site, invoices + debits, lightning, balance,
            lines.Count == MostSales && lines[^1].UnixMs >= since);
    }

    private static Int128 Sum(IEnumerable<StatementLine> lines, string prefix, out int count)
    {
        StatementLine[] sales = [.. lines.Where(line => line.Key.StartsWith(prefix, StringComparison.Ordinal))];
        count = sales.Length;
        return sales.Aggregate((Int128)0, (sum, line) => sum + line.Amount);
    }

    private IReadOnlyList<PayoutRecord> Failed()
    {
        DateTimeOffset since = time.GetUtcNow() - s_week;
        HashSet<string> seen = [];
        return [.. room.Page(null, "", RecentPayouts)
            .Where(payout => seen.Add(payout.Account) && payout.Changed >= since
                && (payout.Stage is PayoutStage.Returned or PayoutStage.Refused))];
    }

    private IEnumerable<Balance> All()
    {
        for (int from = 0; ; from += AccountsAtOnce)
        {
            IReadOnlyList<Balance> page = journal.Accounts(from, AccountsAtOnce);
            foreach (Balance balance in page)
            {
                if (TargetBook.IsPayable(balance.Account))
                {
                    yield return balance;
                }
            }

            if (page.Count < AccountsAtOnce)
            {
                yield break;
            }
        }
    }

    private Int128 AmountOf(Account account) => journal.Find(account.Name)?.Amount ?? 0;
}
