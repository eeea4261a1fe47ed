using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Stratum's own spelling of the previous block's hash: wire order, the octets of each word of four reversed.
/// </summary>
internal static class StratumHash
{
    public static byte[] ToOctets(Hash256 hash) => Swap(hash.ToOctets());

    public static Hash256 FromOctets(ReadOnlySpan<byte> octets) => new(Swap(octets.ToArray()));

    private static byte[] Swap(byte[] octets)
    {
        for (int i = 0; i < Hash256.Size; i += 4)
        {
            Span<byte> word = octets.AsSpan(i, 4);
            BinaryPrimitives.WriteUInt32LittleEndian(word, BinaryPrimitives.ReadUInt32BigEndian(word));
        }

        return octets;
    }
}
