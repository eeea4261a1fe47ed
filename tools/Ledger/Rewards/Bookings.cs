using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>The postings that mining makes, and their keys.</summary>
public static class Bookings
{
    /// <summary>The key of a block's settlement.</summary>
    /// <param name="hash">The block's hash, as people read it.</param>
    public static string BlockKey(string hash) => $"block:{hash}";

    /// <summary>Work that devices proved, and, where a tariff pays for it, what that makes due: both or neither.
    /// </summary>
    /// <param name="unixMs">When it was booked, in milliseconds since 1970 UTC.</param>
    /// <param name="work">One or more devices; the first one's name and total make the key.</param>
    /// <param name="tariff">The price; null where blocks pay.</param>
    public static Posting Work(long unixMs, IReadOnlyList<ProvenWork> work, Tariff? tariff = null)
    {
        List<Entry> entries = [];
        foreach (ProvenWork piece in work)
        {
            Account unpaid = Account.DeviceWork(piece.Device);
            entries.Add(new Entry(Account.Proofs, unpaid, piece.Work));
            if (tariff is { } price)
            {
                entries.Add(new Entry(unpaid, Account.DeviceTariff(piece.Device, price.ToString()), piece.Work));
                long due = price.DueFor(piece.PaidBefore, piece.Work);
                if (due > 0)
                {
                    entries.Add(new Entry(Account.Operator, piece.Payee, due));
                }
            }
        }

        return new Posting($"work:{work[0].Device}:{work[0].Total}", unixMs, "", entries);
    }

    /// <summary>A block that was found and divided.</summary>
    /// <param name="hash">The block's hash, as people read it.</param>
    /// <param name="height">Its height.</param>
    /// <param name="unixMs">When it was found, in milliseconds since 1970 UTC.</param>
    /// <param name="rewardMsat">What it paid, 1 or more.</param>
    /// <param name="fee">What the pool keeps of it.</param>
    /// <param name="credits">What is left, divided; each name is an account's. Empty for the owner alone.</param>
    /// <param name="paid">What the coinbase paid by itself, and what of it the account has: it leaves the account.
    /// </param>
    /// <param name="source">Where the reward comes from; <see cref="Account.Chain"/> if left out.</param>
    /// <exception cref="ArgumentException">Fee and credits are not the reward.</exception>
    public static Posting Block(
        string hash,
        int height,
        long unixMs,
        long rewardMsat,
        long fee,
        IReadOnlyList<Credit> credits,
        IReadOnlyList<(Credit Paid, long Covered)>? paid = null,
        Account? source = null)
    {
        List<Entry> entries = [new(source ?? Account.Chain, Account.Pool, rewardMsat)];
        if (fee > 0)
        {
            entries.Add(new Entry(Account.Pool, Account.Fees, fee));
        }

        entries.AddRange(credits.Select(c => new Entry(Account.Pool, c.Payee, c.MilliSatoshi)));
        long rest = checked(rewardMsat - fee - credits.Sum(credit => credit.MilliSatoshi));
        if (credits.Count == 0 && rest > 0)
        {
            entries.Add(new Entry(Account.Pool, Account.Owner, rest));
            rest = 0;
        }

        foreach ((Credit payment, long covered) in paid ?? [])
        {
            if (covered > 0)
            {
                entries.Add(new Entry(payment.Payee, Account.Paid, covered));
            }

            if (covered < payment.MilliSatoshi)
            {
                entries.Add(new Entry(Account.Overpaid, Account.Paid, payment.MilliSatoshi - covered));
            }
        }

        return rest == 0
            ? new Posting(BlockKey(hash), unixMs, $"block {height}", entries)
            : throw new ArgumentException($"Fee and credits leave {rest} msat of the reward.", nameof(credits));
    }
}
