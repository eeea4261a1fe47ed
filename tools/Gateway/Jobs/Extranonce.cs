using System.Buffers.Binary;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>The octets of a coinbase that are ours to choose, as a value.</summary>
public readonly record struct Extranonce
{
    /// <summary>Octets that it has at most.</summary>
    public const int MaxSize = 16;

    private readonly UInt128 _value;
    private readonly int _size;

    /// <summary>Takes the octets, up to <see cref="MaxSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More octets.</exception>
    public Extranonce(ReadOnlySpan<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets.Length, MaxSize);
        Span<byte> whole = stackalloc byte[MaxSize];
        whole.Clear();
        octets.CopyTo(whole[(MaxSize - octets.Length)..]);
        (_value, _size) = (BinaryPrimitives.ReadUInt128BigEndian(whole), octets.Length);
    }

    internal Extranonce(UInt128 value, int size) => (_value, _size) = (value, size);

    /// <summary>Octets that it has.</summary>
    public int Size => _size;

    /// <summary>Writes the octets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less room than <see cref="Size"/>.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> whole = stackalloc byte[MaxSize];
        BinaryPrimitives.WriteUInt128BigEndian(whole, _value);
        whole[(MaxSize - _size)..].CopyTo(destination[.._size]);
    }

    /// <summary>The octets.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[_size];
        CopyTo(octets);
        return octets;
    }

    /// <summary>The octets in hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToOctets());
}
