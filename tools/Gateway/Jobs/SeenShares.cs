using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>The hashes of a job's accepted shares, so that none counts twice. Only hashes that met a target come here,
/// so room is taken by work done, not by what a stranger sends.</summary>
/// <remarks>An open-addressed table per stripe, 16 octets an entry: half of a hash, which two different headers share
/// with a chance of 2^-128.</remarks>
internal sealed class SeenShares(int limit)
{
    private const int Stripes = 16;
    private const int FirstCapacity = 64;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe())];
    private int _count;

    /// <summary>No more fit.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= limit;

    /// <summary>False where the hash was here before.</summary>
    public bool Add(Hash256 hash)
    {
        (ulong low, ulong high) = hash.Number.LowWords;
        Stripe stripe = _stripes[low % Stripes];
        lock (stripe)
        {
            if (!stripe.Add(low / Stripes, new UInt128(high, low)))
            {
                return false;
            }
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    private sealed class Stripe
    {
        private UInt128[] _slots = new UInt128[FirstCapacity];
        private int _count;

        public bool Add(ulong start, UInt128 key)
        {
            if (3 * (_count + 1) > 2 * _slots.Length)
            {
                Grow();
            }

            // Zero marks a free slot; a hash whose lower half is zero does not happen, and would only be forgotten.
            int slot = Find(_slots, start, key);
            if (_slots[slot] == key)
            {
                return false;
            }

            _slots[slot] = key;
            _count++;
            return true;
        }

        private static int Find(UInt128[] slots, ulong start, UInt128 key)
        {
            int mask = slots.Length - 1;
            int slot = (int)(start & (uint)mask);
            while (slots[slot] != UInt128.Zero && slots[slot] != key)
            {
                slot = (slot + 1) & mask;
            }

            return slot;
        }

        private void Grow()
        {
            UInt128[] larger = new UInt128[2 * _slots.Length];
            foreach (UInt128 key in _slots.Where(key => key != UInt128.Zero))
            {
                larger[Find(larger, (ulong)key / Stripes, key)] = key;
            }

            _slots = larger;
        }
    }
}
