using System.Numerics;
using System.Runtime.InteropServices;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>
/// Pay per last N shares, by units of work (M. Rosenfeld, arXiv 1112.4980 §5): the newest work up to a window counts,
/// and nothing else; when it was paid before does not matter. Of the booking on the window's edge each piece counts by
/// the fraction of the booking that is inside.
/// </summary>
public static class PplnsReward
{
    /// <summary>Divides a reward.</summary>
    /// <param name="amount">Millisatoshi, 0 or more.</param>
    /// <param name="window">Expected hashes that count, 1 or more.</param>
    /// <param name="newestFirst">Work, the newest booking first; what was booked together stands together, in any
    /// order.</param>
    /// <returns>Who gets something, by name; the sum is the amount. Empty where there was no work.</returns>
    public static IReadOnlyList<Credit> Split(long amount, UInt128 window, IEnumerable<BookedWork> newestFirst)
    {
        ArgumentOutOfRangeException.ThrowIfZero(window);
        Dictionary<string, UInt128> whole = new(StringComparer.Ordinal);
        List<BookedWork> booking = [];
        UInt128 left = window;
        UInt128 bookingTotal = 0;
        foreach (BookedWork work in newestFirst)
        {
            if (booking.Count > 0 && booking[0].Booking != work.Booking)
            {
                if (bookingTotal >= left)
                {
                    break;
                }

                booking.ForEach(piece => Add(whole, piece));
                left -= bookingTotal;
                bookingTotal = 0;
                booking.Clear();
            }

            booking.Add(work);
            bookingTotal = checked(bookingTotal + (UInt128)work.Work);
        }

        return booking.Count == 0 ? [] : LargestRemainder.Split(amount, Weigh(whole, booking, bookingTotal, left));
    }

    /// <summary>All weights times the edge booking's total, so that its fraction is whole too.</summary>
    private static Dictionary<string, BigInteger> Weigh(
        Dictionary<string, UInt128> whole, List<BookedWork> edge, UInt128 edgeTotal, UInt128 left)
    {
        UInt128 counts = UInt128.Min(edgeTotal, left);
        Dictionary<string, UInt128> pieces = new(StringComparer.Ordinal);
        edge.ForEach(piece => Add(pieces, piece));
        Dictionary<string, BigInteger> weights = new(StringComparer.Ordinal);
        foreach ((string who, UInt128 work) in whole)
        {
            weights[who] = (BigInteger)work * edgeTotal;
        }

        foreach ((string who, UInt128 work) in pieces)
        {
            weights[who] = weights.GetValueOrDefault(who) + ((BigInteger)work * counts);
        }

        return weights;
    }

    private static void Add(Dictionary<string, UInt128> sums, in BookedWork piece)
    {
        ref UInt128 sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, piece.Who, out _);
        sum = checked(sum + (UInt128)piece.Work);
    }
}
