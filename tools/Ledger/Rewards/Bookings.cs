using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>The postings that mining makes, and their keys.</summary>
public static class Bookings
{
    /// <summary>The key of a block's settlement.</summary>
    /// <param name="hash">The block's hash, as people read it.</param>
    public static string BlockKey(string hash) => $"block:{hash}";

    /// <summary>Work that devices proved.</summary>
    /// <param name="unixMs">When it was booked, in milliseconds since 1970 UTC.</param>
    /// <param name="work">One or more devices: each with the work to add and the total it then has, which makes the
    /// key one of its own.</param>
    public static Posting Work(long unixMs, IReadOnlyList<(string Device, long Work, Int128 Total)> work) => new(
        $"work:{work[0].Device}:{work[0].Total}",
        unixMs,
        "",
        [.. work.Select(piece => new Entry(Account.Proofs, Account.DeviceWork(piece.Device), piece.Work))]);

    /// <summary>A block that was found and divided.</summary>
    /// <param name="hash">The block's hash, as people read it.</param>
    /// <param name="height">Its height.</param>
    /// <param name="unixMs">When it was found, in milliseconds since 1970 UTC.</param>
    /// <param name="rewardMsat">What it paid, 1 or more.</param>
    /// <param name="fee">What the pool keeps of it.</param>
    /// <param name="credits">What is left, divided; empty for the owner alone.</param>
    /// <exception cref="ArgumentException">Fee and credits are not the reward.</exception>
    public static Posting Block(
        string hash, int height, long unixMs, long rewardMsat, long fee, IReadOnlyList<Credit> credits)
    {
        List<Entry> entries = [new(Account.Chain, Account.Pool, rewardMsat)];
        if (fee > 0)
        {
            entries.Add(new Entry(Account.Pool, Account.Fees, fee));
        }

        entries.AddRange(credits.Select(c => new Entry(Account.Pool, Account.Device(c.Who), c.MilliSatoshi)));
        long rest = checked(rewardMsat - fee - credits.Sum(credit => credit.MilliSatoshi));
        if (credits.Count == 0 && rest > 0)
        {
            entries.Add(new Entry(Account.Pool, Account.Owner, rest));
            rest = 0;
        }

        return rest == 0
            ? new Posting(BlockKey(hash), unixMs, $"block {height}", entries)
            : throw new ArgumentException($"Fee and credits leave {rest} msat of the reward.", nameof(credits));
    }

    /// <summary>Work that is paid at a price.</summary>
    /// <param name="unixMs">When, in milliseconds since 1970 UTC.</param>
    /// <param name="tariff">The price.</param>
    /// <param name="work">One or more devices: each with the work to pay and the work that this price was paid for
    /// before.</param>
    public static Posting Paid(
        long unixMs, Tariff tariff, IReadOnlyList<(string Device, long Work, Int128 PaidBefore)> work)
    {
        List<Entry> entries = [];
        foreach ((string device, long hashes, Int128 before) in work)
        {
            entries.Add(new Entry(Account.DeviceWork(device), Account.DeviceTariff(device, tariff.ToString()), hashes));
            long due = tariff.DueFor(before, hashes);
            if (due > 0)
            {
                entries.Add(new Entry(Account.Operator, Account.Device(device), due));
            }
        }

        return new Posting(
            $"tariff:{tariff}:{work[0].Device}:{work[0].PaidBefore + work[0].Work}", unixMs, "", entries);
    }
}
