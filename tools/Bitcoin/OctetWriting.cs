using System.Buffers;
using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>Fields in Bitcoin's byte order, written to any buffer.</summary>
internal static class OctetWriting
{
    public static void WriteUInt32(this IBufferWriter<byte> writer, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }

    public static void WriteUInt64(this IBufferWriter<byte> writer, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    public static void WriteHash(this IBufferWriter<byte> writer, Hash256 hash)
    {
        hash.CopyTo(writer.GetSpan(Hash256.Size));
        writer.Advance(Hash256.Size);
    }

    public static void WriteVector(this IBufferWriter<byte> writer, ReadOnlySpan<byte> octets)
    {
        CompactSize.Write(writer, (ulong)octets.Length);
        writer.Write(octets);
    }
}
