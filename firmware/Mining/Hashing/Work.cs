using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Work is how many hashes are expected until one meets a target: <c>floor(2^256 / (target + 1))</c>, an integer.
    /// </summary>
    public static class Work
    {
        /// <summary>The work of difficulty 1, whose target is 0xffff × 2^208.</summary>
        public const ulong OfDifficultyOne = 4295032833;

        private const int Words = 8;

        /// <summary>The work of a target; <see cref="ulong.MaxValue"/> where it is more.</summary>
        /// <param name="target">32 octets, least significant first.</param>
        public static ulong OfTarget(byte[] target)
        {
            uint[] divisor = new uint[Words];
            for (int i = 0; i < Words; i++)
            {
                divisor[i] = LittleEndian.ReadUInt32(target, 4 * i);
            }

            // 2^256 / (t + 1) = (2^256 - 1 - t) / (t + 1) + 1, which fits in 256 bits, and 2^256 - 1 - t is ~t.
            uint[] dividend = new uint[Words];
            for (int i = 0; i < Words; i++)
            {
                dividend[i] = ~divisor[i];
            }

            if (!Increment(divisor))
            {
                return 1;
            }

            ulong quotient = Divide(dividend, divisor);
            return quotient == ulong.MaxValue ? quotient : quotient + 1;
        }

        /// <summary>The largest target with at least this work: <c>floor(2^256 / work) − 1</c>.</summary>
        /// <param name="work">Expected hashes; 0 counts as 1.</param>
        public static byte[] ToTarget(ulong work)
        {
            byte[] target = new byte[Limits.TargetLength];
            if (work <= 1)
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = 0xff;
                }

                return target;
            }

            // Long division of 2^256 by work, bit by bit; the remainder stays below work, its doubling below 2^65.
            ulong remainder = 1;
            for (int bit = 255; bit >= 0; bit--)
            {
                bool carry = remainder >> 63 != 0;
                remainder <<= 1;
                if (carry || remainder >= work)
                {
                    remainder -= work;
                    target[bit >> 3] |= (byte)(1 << (bit & 7));
                }
            }

            Decrement(target);
            return target;
        }

        // The quotient, bit by bit from its highest; saturates.
        private static ulong Divide(uint[] dividend, uint[] divisor)
        {
            uint[] remainder = new uint[Words];
            ulong quotient = 0;
            for (int bit = 255; bit >= 0; bit--)
            {
                bool carry = ShiftLeft(remainder, (dividend[bit >> 5] >> (bit & 31)) & 1);
                bool isOne = carry || !IsLess(remainder, divisor);
                if (isOne)
                {
                    Subtract(remainder, divisor);
                }

                if (quotient >> 63 != 0)
                {
                    return ulong.MaxValue;
                }

                quotient = (quotient << 1) | (isOne ? 1UL : 0UL);
            }

            return quotient;
        }

        private static bool ShiftLeft(uint[] number, uint low)
        {
            for (int i = 0; i < Words; i++)
            {
                uint high = number[i] >> 31;
                number[i] = (number[i] << 1) | low;
                low = high;
            }

            return low != 0;
        }

        private static bool IsLess(uint[] a, uint[] b)
        {
            for (int i = Words - 1; i >= 0; i--)
            {
                if (a[i] != b[i])
                {
                    return a[i] < b[i];
                }
            }

            return false;
        }

        private static void Subtract(uint[] from, uint[] number)
        {
            ulong borrow = 0;
            for (int i = 0; i < Words; i++)
            {
                ulong difference = (ulong)from[i] - number[i] - borrow;
                from[i] = (uint)difference;
                borrow = (difference >> 32) & 1;
            }
        }

        // False when it overflows to zero.
        private static bool Increment(uint[] number)
        {
            for (int i = 0; i < Words; i++)
            {
                if (++number[i] != 0)
                {
                    return true;
                }
            }

            return false;
        }

        private static void Decrement(byte[] number)
        {
            int i = 0;
            while (number[i] == 0)
            {
                number[i++] = 0xff;
            }

            number[i]--;
        }
    }
}
