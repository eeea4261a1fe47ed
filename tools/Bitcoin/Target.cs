using System.Numerics;

namespace MicroFirmware.Bitcoin;

/// <summary>What a target means: its compact form in a header, and the work that a hash below it proves.</summary>
public static class Target
{
    /// <summary>The compact form of difficulty 1: target 0xffff · 2^208.</summary>
    public const uint DifficultyOneBits = 0x1d00ffff;

    /// <summary>Expected hashes for difficulty 1: 2^32 and a little.</summary>
    public const ulong DifficultyOneWork = 4_295_032_833;

    private const uint SignBit = 0x0080_0000;
    private const uint MantissaMask = 0x007f_ffff;

    private static readonly BigInteger s_span = BigInteger.One << 256;

    /// <summary>Expands a header's compact target (Bitcoin Core, <c>arith_uint256::SetCompact</c>).</summary>
    /// <param name="bits">Size in octets in the upper octet, then a sign bit, then 23 bits of mantissa.</param>
    /// <param name="target">The target; zero where the answer is false.</param>
    /// <returns>False for what no block may carry: zero, a negative number, more than 256 bits.</returns>
    public static bool TryFromCompact(uint bits, out UInt256 target)
    {
        target = UInt256.Zero;
        int size = (int)(bits >> 24);
        uint mantissa = bits & MantissaMask;
        if (size <= 3)
        {
            mantissa >>= 8 * (3 - size);
        }

        bool overflows = size > 34 || (mantissa > 0xff && size > 33) || (mantissa > 0xffff && size > 32);
        if (mantissa == 0 || (bits & SignBit) != 0 || overflows)
        {
            return false;
        }

        target = UInt256.Saturate((BigInteger)mantissa << Math.Max(0, 8 * (size - 3)));
        return true;
    }

    /// <summary>Expands a compact target that is known to be good.</summary>
    /// <exception cref="ArgumentException">Zero, negative, or more than 256 bits.</exception>
    public static UInt256 FromCompact(uint bits) => TryFromCompact(bits, out UInt256 target)
        ? target
        : throw new ArgumentException($"0x{bits:x8} is no target: it is zero, negative or too large.", nameof(bits));

    /// <summary>The compact form of a target, rounded down to 23 or fewer bits of mantissa
    /// (Bitcoin Core, <c>arith_uint256::GetCompact</c>).</summary>
    public static uint ToCompact(UInt256 target)
    {
        BigInteger value = target.ToBigInteger();
        int size = value.IsZero ? 0 : value.GetByteCount(isUnsigned: true);
        uint mantissa = size <= 3 ? (uint)value << (8 * (3 - size)) : (uint)(value >> (8 * (size - 3)));
        if ((mantissa & SignBit) != 0)
        {
            mantissa >>= 8;
            size++;
        }

        return mantissa | ((uint)size << 24);
    }

    /// <summary>Expected hashes until one is at or below the target: floor(2^256 / (target + 1)).</summary>
    /// <returns>1 or more; <see cref="ulong.MaxValue"/> for a target so low that the work needs more than 64 bits.
    /// </returns>
    public static ulong Work(UInt256 target)
    {
        BigInteger work = s_span / (target.ToBigInteger() + BigInteger.One);
        return work > ulong.MaxValue ? ulong.MaxValue : (ulong)work;
    }

    /// <summary>The highest target whose work is at least this much.</summary>
    /// <param name="work">Expected hashes; 0 counts as 1.</param>
    public static UInt256 FromWork(ulong work) =>
        UInt256.Saturate((s_span / Math.Max(1, work)) - BigInteger.One);

    /// <summary>The target of a difficulty, rounded down: the target of difficulty 1 divided by it, exactly.</summary>
    /// <param name="difficulty">Above 0 and finite; far below 1 for small miners.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public static UInt256 FromDifficulty(double difficulty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(difficulty);
        ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsFinite(difficulty), true);

        // A double is a whole number times a power of two, so the division has no rounding of its own.
        long bits = BitConverter.DoubleToInt64Bits(difficulty);
        int exponent = (int)(bits >> 52);
        BigInteger mantissa = (bits & 0xf_ffff_ffff_ffff) | (exponent == 0 ? 0 : 1L << 52);
        int power = Math.Max(exponent, 1) - 1075;
        BigInteger one = FromCompact(DifficultyOneBits).ToBigInteger();
        return UInt256.Saturate((one << Math.Max(0, -power)) / (mantissa << Math.Max(0, power)));
    }

    /// <summary>Whether a hash is at or below <see cref="FromWork"/> of some work, without a division: is
    /// (hash + 1) · work at most 2^256?</summary>
    /// <param name="hash">The hash as a number.</param>
    /// <param name="work">Expected hashes; 0 counts as 1.</param>
    public static bool Meets(UInt256 hash, ulong work)
    {
        // (hash + 1) · work <= 2^256 is hash · work <= 2^256 - work, and that is below 2^256 for any work above 0.
        return hash.TryMultiply(work, out UInt256 product)
            && product <= UInt256.MaxValue.Subtract(Math.Max(work, 1) - 1);
    }
}
