using System.Buffers.Binary;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>Operands for random programs: every third word is one where arithmetic tends to go wrong.</summary>
internal static class RandomData
{
    private static readonly uint[] s_edges =
        [0, 1, 2, 31, 32, 0x7f, 0x80, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

    /// <summary>Words in little-endian order.</summary>
    public static byte[] Words(Random random, int count, bool hasZeros = true)
    {
        byte[] octets = new byte[4 * count];
        for (int i = 0; i < count; i++)
        {
            uint word = random.Next(3) == 0 ? s_edges[random.Next(s_edges.Length)] : (uint)random.NextInt64(1L << 32);
            BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(4 * i), word == 0 && !hasZeros ? 7 : word);
        }
        return octets;
    }
}
