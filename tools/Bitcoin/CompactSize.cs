using System.Buffers;
using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>Bitcoin's variable-length count. The shortest form is the only one allowed.</summary>
/// <remarks><code>
///  0 .. 252          [ value ]
///  .. 0xffff         [ fd ][ 2 octets, least first ]
///  .. 0xffffffff     [ fe ][ 4 octets, least first ]
///  above             [ ff ][ 8 octets, least first ]
/// </code></remarks>
public static class CompactSize
{
    /// <summary>The largest count that any message may hold (Bitcoin Core, <c>MAX_SIZE</c>).</summary>
    public const ulong MaxValue = 0x0200_0000;

    /// <summary>Octets of the shortest form: 1, 3, 5 or 9.</summary>
    public static int SizeOf(ulong value) => value switch
    {
        < 0xfd => 1,
        <= 0xffff => 3,
        <= 0xffff_ffff => 5,
        _ => 9,
    };

    /// <summary>Reads one count.</summary>
    /// <param name="source">Octets that begin with the count.</param>
    /// <param name="value">The count, up to <see cref="MaxValue"/>.</param>
    /// <param name="used">Octets it took.</param>
    /// <returns>Invalid for a form longer than needed and for a count above <see cref="MaxValue"/>.</returns>
    public static ParseStatus TryRead(ReadOnlySpan<byte> source, out ulong value, out int used)
    {
        (value, used) = (0, 0);
        if (source.IsEmpty)
        {
            return ParseStatus.NeedMore;
        }

        int size = source[0] switch { < 0xfd => 1, 0xfd => 3, 0xfe => 5, _ => 9 };
        if (source.Length < size)
        {
            return ParseStatus.NeedMore;
        }

        ulong read = size switch
        {
            1 => source[0],
            3 => BinaryPrimitives.ReadUInt16LittleEndian(source[1..]),
            5 => BinaryPrimitives.ReadUInt32LittleEndian(source[1..]),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(source[1..]),
        };
        if (SizeOf(read) != size || read > MaxValue)
        {
            return ParseStatus.Invalid;
        }

        (value, used) = (read, size);
        return ParseStatus.Done;
    }

    /// <summary>Writes the shortest form.</summary>
    public static void Write(IBufferWriter<byte> writer, ulong value)
    {
        int size = SizeOf(value);
        Span<byte> octets = writer.GetSpan(9);
        if (size == 1)
        {
            octets[0] = (byte)value;
        }
        else
        {
            octets[0] = (byte)(size == 3 ? 0xfd : size == 5 ? 0xfe : 0xff);
            Span<byte> wide = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(wide, value);
            wide[..(size - 1)].CopyTo(octets[1..]);
        }

        writer.Advance(size);
    }
}
