using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>A double SHA-256: 32 octets in the order in which they are hashed and sent. People read them reversed, and
/// so do <see cref="ToString"/> and <see cref="Parse"/>.</summary>
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Octets of a hash.</summary>
    public const int Size = 32;

    /// <summary>32 zero octets: the previous hash of a first block, the outpoint of a coinbase.</summary>
    public static readonly Hash256 Zero;

    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    /// <summary>Takes 32 octets in wire order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 octets.</exception>
    public Hash256(ReadOnlySpan<byte> octets)
    {
        _w0 = BinaryPrimitives.ReadUInt64LittleEndian(octets);
        _w1 = BinaryPrimitives.ReadUInt64LittleEndian(octets[8..]);
        _w2 = BinaryPrimitives.ReadUInt64LittleEndian(octets[16..]);
        _w3 = BinaryPrimitives.ReadUInt64LittleEndian(octets[24..]);
    }

    internal Hash256(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>The hash as the number that is compared with a target: its first octet is the least.</summary>
    public UInt256 Number => new(_w0, _w1, _w2, _w3);

    /// <summary>Writes 32 octets in wire order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than 32 octets.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _w0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _w1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _w2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _w3);
    }

    /// <summary>The 32 octets in wire order.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[Size];
        CopyTo(octets);
        return octets;
    }

    /// <summary>Reads 64 hexadecimal digits in the order people read: most significant first.</summary>
    /// <exception cref="FormatException">Not 64 hexadecimal digits.</exception>
    public static Hash256 Parse(string text) => TryParse(text, out Hash256 hash)
        ? hash
        : throw new FormatException("A hash is 64 hexadecimal digits.");

    /// <summary>Reads 64 hexadecimal digits, most significant first; false for anything else.</summary>
    public static bool TryParse(string? text, out Hash256 hash)
    {
        bool good = UInt256.TryParse(text, out UInt256 number);
        hash = number.Hash;
        return good;
    }

    /// <inheritdoc/>
    public bool Equals(Hash256 other) =>
        ((_w0 ^ other._w0) | (_w1 ^ other._w1) | (_w2 ^ other._w2) | (_w3 ^ other._w3)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The first octets, which proof of work leaves random.</summary>
    public override int GetHashCode() => _w0.GetHashCode();

    /// <summary>64 hexadecimal digits in the order people read.</summary>
    public override string ToString() => Number.ToString();

    /// <summary>Equal in all 256 bits.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Different in any bit.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
