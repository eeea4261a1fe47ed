using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>Reads fields one after the other and remembers the first thing that went wrong: from then on every field
/// reads as zero or empty, so a parser looks at <see cref="Status"/> once per group of fields.</summary>
internal ref struct OctetReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;

    /// <summary>Octets read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Done while all went well.</summary>
    public ParseStatus Status { get; private set; }

    public readonly bool Good => Status == ParseStatus.Done;

    public readonly int Remaining => _source.Length - Position;

    /// <summary>The next octet without taking it; -1 where there is none.</summary>
    public readonly int Peek(int ahead = 0) => Position + ahead < _source.Length ? _source[Position + ahead] : -1;

    public uint ReadUInt32()
    {
        ReadOnlySpan<byte> octets = Take(4);
        return octets.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(octets);
    }

    public ulong ReadUInt64()
    {
        ReadOnlySpan<byte> octets = Take(8);
        return octets.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(octets);
    }

    public Hash256 ReadHash()
    {
        ReadOnlySpan<byte> octets = Take(Hash256.Size);
        return octets.IsEmpty ? Hash256.Zero : new Hash256(octets);
    }

    /// <summary>A count of things that take at least so many octets each. It is checked against what is there before
    /// anything is allocated for it.</summary>
    public int ReadCount(int leastOctetsEach, int mostTotalOctets)
    {
        ulong count = ReadCompactSize();
        if (count * (ulong)leastOctetsEach > (ulong)mostTotalOctets)
        {
            Fail(ParseStatus.Invalid);
        }
        else if (count * (ulong)leastOctetsEach > (ulong)Remaining)
        {
            Fail(ParseStatus.NeedMore);
        }

        return Good ? (int)count : 0;
    }

    /// <summary>Octets with their length before them.</summary>
    public byte[] ReadVector(int mostOctets)
    {
        int length = ReadCount(1, mostOctets);
        return length == 0 ? [] : Take(length).ToArray();
    }

    public void Skip(int count) => Take(count);

    public void Fail(ParseStatus status)
    {
        if (Good)
        {
            Status = status;
        }
    }

    private ulong ReadCompactSize()
    {
        if (!Good)
        {
            return 0;
        }

        Fail(CompactSize.TryRead(_source[Position..], out ulong value, out int used));
        Position += used;
        return value;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Good && Remaining < count)
        {
            Fail(ParseStatus.NeedMore);
        }

        if (!Good)
        {
            return default;
        }

        ReadOnlySpan<byte> octets = _source.Slice(Position, count);
        Position += count;
        return octets;
    }
}
