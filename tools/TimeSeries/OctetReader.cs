namespace MicroFirmware.TimeSeries;

/// <summary>Reads what <see cref="OctetWriter"/> wrote, and never past the end.</summary>
internal ref struct OctetReader(ReadOnlySpan<byte> octets)
{
    private const int More = 0x80;
    private const int NumberBits = 128;

    private readonly ReadOnlySpan<byte> _octets = octets;
    private int _at;

    public readonly bool IsAtEnd => _at == _octets.Length;

    /// <exception cref="InvalidDataException">It ends early, or is longer than 128 bits.</exception>
    public UInt128 Unsigned()
    {
        ulong low = 0;
        int shift = 0;
        for (; shift < 63; shift += 7)
        {
            byte octet = Next();
            low |= (ulong)(octet & ~More) << shift;
            if (octet < More)
            {
                return low;
            }
        }

        UInt128 value = low;
        for (; shift < NumberBits; shift += 7)
        {
            byte octet = Next();
            value |= (UInt128)(uint)(octet & ~More) << shift;
            if (octet < More)
            {
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>A number that counts something.</summary>
    /// <param name="most">The greatest that can be meant.</param>
    /// <exception cref="InvalidDataException">It is greater, or ends early.</exception>
    public int Count(int most)
    {
        UInt128 value = Unsigned();
        return value <= (uint)most ? (int)value : throw Damaged();
    }

    public Int128 Signed()
    {
        UInt128 folded = Unsigned();
        return (Int128)(folded >> 1) ^ -(Int128)(folded & 1);
    }

    /// <summary>So many octets by themselves.</summary>
    public ReadOnlySpan<byte> Octets(int length)
    {
        if (length > _octets.Length - _at)
        {
            throw Damaged();
        }

        _at += length;
        return _octets.Slice(_at - length, length);
    }

    /// <summary>The octets are not what was written.</summary>
    public static InvalidDataException Damaged() =>
        new("A block of the time series is damaged: put back a copy of the file, or remove it to begin anew.");

    private byte Next() => _at < _octets.Length ? _octets[_at++] : throw Damaged();
}
