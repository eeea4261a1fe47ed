using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace MicroFirmware.Bitcoin;

/// <summary>An unsigned 256-bit number: a target, or a hash read as a number.</summary>
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    /// <summary>Octets of the number on a wire, least significant first.</summary>
    public const int Size = 32;

    /// <summary>0.</summary>
    public static readonly UInt256 Zero;

    /// <summary>2^256 - 1.</summary>
    public static readonly UInt256 MaxValue = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    /// <summary>Takes four 64-bit words, least significant first.</summary>
    public UInt256(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>Takes 32 octets, least significant first: a target on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 octets.</exception>
    public UInt256(ReadOnlySpan<byte> littleEndian)
    {
        _w0 = BinaryPrimitives.ReadUInt64LittleEndian(littleEndian);
        _w1 = BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[8..]);
        _w2 = BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[16..]);
        _w3 = BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[24..]);
    }

    /// <summary>The same 256 bits as a hash.</summary>
    public Hash256 Hash => new(_w0, _w1, _w2, _w3);

    /// <summary>Writes 32 octets, least significant first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than 32 octets.</exception>
    public void CopyTo(Span<byte> destination) => Hash.CopyTo(destination);

    /// <summary>The number without a bound.</summary>
    public BigInteger ToBigInteger()
    {
        Span<byte> octets = stackalloc byte[Size];
        CopyTo(octets);
        return new BigInteger(octets, isUnsigned: true);
    }

    /// <summary>The number, or the nearest end of the range where it does not fit.</summary>
    public static UInt256 Saturate(BigInteger value)
    {
        if (value.Sign <= 0)
        {
            return Zero;
        }

        Span<byte> octets = stackalloc byte[Size];
        octets.Clear();
        return value.TryWriteBytes(octets, out _, isUnsigned: true) ? new UInt256(octets) : MaxValue;
    }

    /// <summary>The lower 128 bits: the lowest 64 and those above them.</summary>
    public (ulong Low, ulong High) LowWords => (_w0, _w1);

    /// <summary>Multiplies; false where the product needs more than 256 bits.</summary>
    internal bool TryMultiply(ulong factor, out UInt256 product)
    {
        ulong carry0 = Math.BigMul(_w0, factor, out ulong w0);
        UInt128 sum1 = ((UInt128)_w1 * factor) + carry0;
        UInt128 sum2 = ((UInt128)_w2 * factor) + (ulong)(sum1 >> 64);
        UInt128 sum3 = ((UInt128)_w3 * factor) + (ulong)(sum2 >> 64);
        product = new UInt256(w0, (ulong)sum1, (ulong)sum2, (ulong)sum3);
        return (ulong)(sum3 >> 64) == 0;
    }

    /// <summary>Subtracts a number that is not greater.</summary>
    internal UInt256 Subtract(ulong value)
    {
        ulong borrow1 = _w0 < value ? 1UL : 0;
        ulong borrow2 = _w1 < borrow1 ? 1UL : 0;
        ulong borrow3 = _w2 < borrow2 ? 1UL : 0;
        return new UInt256(_w0 - value, _w1 - borrow1, _w2 - borrow2, _w3 - borrow3);
    }

    /// <summary>Reads 64 hexadecimal digits, most significant first.</summary>
    /// <exception cref="FormatException">Not 64 hexadecimal digits.</exception>
    public static UInt256 Parse(string text) => TryParse(text, out UInt256 value)
        ? value
        : throw new FormatException("A 256-bit number is 64 hexadecimal digits.");

    /// <summary>Reads 64 hexadecimal digits, most significant first; false for anything else.</summary>
    public static bool TryParse(string? text, out UInt256 value)
    {
        value = Zero;
        if (text is not { Length: 2 * Size })
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[Size];
        if (Convert.FromHexString(text, octets, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        octets.Reverse();
        value = new UInt256(octets);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        if (_w3 != other._w3)
        {
            return _w3 < other._w3 ? -1 : 1;
        }

        if (_w2 != other._w2)
        {
            return _w2 < other._w2 ? -1 : 1;
        }

        return _w1 != other._w1 ? _w1.CompareTo(other._w1) : _w0.CompareTo(other._w0);
    }

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => Hash.Equals(other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_w0, _w1, _w2, _w3);

    /// <summary>64 hexadecimal digits, most significant first.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_w3:x16}{_w2:x16}{_w1:x16}{_w0:x16}");

    /// <summary>Equal in all bits.</summary>
    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    /// <summary>Different in any bit.</summary>
    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    /// <summary>Less as numbers.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Greater as numbers.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Less or equal as numbers: a hash meets a target so.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as numbers.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;
}
