using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Lightning.Payouts;

/// <summary>A payout as the ledger knows it, and the postings that begin and end it.</summary>
/// <param name="Account">Who pays.</param>
/// <param name="Hash">The payment's hash, 64 hexadecimal digits.</param>
/// <param name="AmountMsat">What the payee gets.</param>
/// <param name="FeeLimitMsat">What is reserved for the way.</param>
/// <param name="Time">When it was reserved.</param>
/// <param name="IsKeysend">Whether it goes to a node's key, without an invoice.</param>
internal sealed record OpenPayout(
    Account Account, string Hash, long AmountMsat, long FeeLimitMsat, DateTimeOffset Time, bool IsKeysend)
{
    private const string PaidMemo = "paid, fee ";
    private const string KeysendMemo = "keysend, ";
    private const string FeeMemo = "fee limit ";
    private const string UnitMemo = " msat";
    private const string Prefix = "payout:";
    private const string ReserveSuffix = ":reserve";
    private const string EndSuffix = ":end";
    private const int Page = 1_000;

    private long Reserved => checked(AmountMsat + FeeLimitMsat);

    /// <summary>Every payout that was begun and not ended: those that make up the balance of the payouts' account.
    /// </summary>
    public static IReadOnlyList<OpenPayout> FindAll(Journal journal)
    {
        List<OpenPayout> open = [];
        HashSet<string> ended = [];
        Int128 left = journal.Find(Account.Payouts.Name)?.Amount ?? 0;
        long? before = null;
        while (left > 0 && before != 0)
        {
            IReadOnlyList<StatementLine> lines = journal.Statement(Account.Payouts.Name, before, Page);
            foreach (StatementLine line in lines)
            {
                if (line.Key.EndsWith(EndSuffix, StringComparison.Ordinal))
                {
                    ended.Add(line.Key[Prefix.Length..^EndSuffix.Length]);
                }
                else if (line.Key[Prefix.Length..^ReserveSuffix.Length] is var hash && !ended.Contains(hash))
                {
                    open.Add(Of(line, hash));
                    left -= line.Amount;
                }
            }

            before = lines.Count > 0 ? lines[^1].Previous : 0;
        }

        return open;
    }

    /// <summary>Money that nobody else can spend from now on.</summary>
    public Posting Reserve() => new($"{Prefix}{Hash}{ReserveSuffix}", Time.ToUnixTimeMilliseconds(),
        $"{(IsKeysend ? KeysendMemo : "")}{FeeMemo}{FeeLimitMsat}{UnitMemo}",
        [new Entry(Account, Account.Payouts, Reserved)]);

    /// <summary>The payee has it. What the way did not cost goes back; what it cost beyond the limit is the operator's
    /// loss, not the account's.</summary>
    public Posting EndPaid(long feeMsat, long unixMs)
    {
        long spent = Math.Min(checked(AmountMsat + feeMsat), Reserved);
        List<Entry> entries = [new(Account.Payouts, Account.Paid, spent)];
        if (spent < Reserved)
        {
            entries.Add(new Entry(Account.Payouts, Account, Reserved - spent));
        }

        if (AmountMsat + feeMsat > spent)
        {
            entries.Add(new Entry(Account.Operator, Account.Paid, AmountMsat + feeMsat - spent));
        }

        return new Posting(EndKey, unixMs, $"{PaidMemo}{feeMsat}{UnitMemo}", entries);
    }

    /// <summary>Nobody got it.</summary>
    public Posting EndReturned(long unixMs) =>
        new(EndKey, unixMs, "returned", [new Entry(Account.Payouts, Account, Reserved)]);

    private string EndKey => EndKeyOf(Hash);

    /// <summary>What the ledger says of a payment; null where none was ever begun under this hash.</summary>
    public static PayoutAnswer? Look(Journal journal, string hash)
    {
        if (journal.FindMemo(EndKeyOf(hash)) is not { } end)
        {
            bool isOpen = journal.Contains($"{Prefix}{hash}{ReserveSuffix}");
            return isOpen ? new PayoutAnswer(PayoutState.Pending, "") : null;
        }

        return end.StartsWith(PaidMemo, StringComparison.Ordinal)
            ? new PayoutAnswer(PayoutState.Paid, "", NumberOf(end[PaidMemo.Length..]))
            : new PayoutAnswer(PayoutState.Returned, "");
    }

    private static string EndKeyOf(string hash) => $"{Prefix}{hash}{EndSuffix}";

    private static OpenPayout Of(StatementLine line, string hash)
    {
        bool isKeysend = line.Memo.StartsWith(KeysendMemo, StringComparison.Ordinal);
        long fee = NumberOf(line.Memo[(FeeMemo.Length + (isKeysend ? KeysendMemo.Length : 0))..]);
        return new OpenPayout(new Account(line.Other, LedgerUnit.MilliSatoshi), hash, line.Amount - fee, fee,
            DateTimeOffset.FromUnixTimeMilliseconds(line.UnixMs), isKeysend);
    }

    private static long NumberOf(string memo) =>
        long.Parse(memo[..^UnitMemo.Length], System.Globalization.CultureInfo.InvariantCulture);
}
