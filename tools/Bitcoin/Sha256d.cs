using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace MicroFirmware.Bitcoin;

/// <summary>SHA-256 of SHA-256: what Bitcoin names blocks and transactions by.</summary>
public static class Sha256d
{
    private const uint PaddingStart = 0x8000_0000;
    private const int HeaderBits = BlockHeader.Size * 8;
    private const int DigestBits = Hash256.Size * 8;

    /// <summary>Hashes octets of any length with the platform's SHA-256.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> octets)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(octets, digest);
        SHA256.HashData(digest, digest);
        return new Hash256(digest);
    }

    /// <summary>Hashes two hashes, one after the other: a node of a merkle tree.</summary>
    public static Hash256 HashPair(Hash256 left, Hash256 right)
    {
        Span<byte> pair = stackalloc byte[2 * Hash256.Size];
        left.CopyTo(pair);
        right.CopyTo(pair[Hash256.Size..]);
        return Hash(pair);
    }

    /// <summary>Hashes a header of 80 octets.</summary>
    /// <remarks><code>
    ///  block 1   octets 0..63 of the header
    ///  block 2   octets 64..79, 80, zeros, length 640 bits
    ///  block 3   the first digest, 80, zeros, length 256 bits
    /// </code></remarks>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 80 octets.</exception>
    [SkipLocalsInit]
    public static Hash256 HashHeader(ReadOnlySpan<byte> header)
    {
        Span<uint> block = stackalloc uint[Sha256Block.BlockWords];
        Span<uint> state = stackalloc uint[Sha256Block.StateWords];
        ReadOnlySpan<byte> octets = header[..BlockHeader.Size];

        for (int i = 0; i < block.Length; i++)
        {
            block[i] = BinaryPrimitives.ReadUInt32BigEndian(octets[(4 * i)..]);
        }

        Sha256Block.InitialState.CopyTo(state);
        Sha256Block.Compress(state, block);

        for (int i = 0; i < 4; i++)
        {
            block[i] = BinaryPrimitives.ReadUInt32BigEndian(octets[(64 + (4 * i))..]);
        }

        Pad(block, 4, HeaderBits);
        Sha256Block.Compress(state, block);

        state.CopyTo(block);
        Pad(block, Sha256Block.StateWords, DigestBits);
        Sha256Block.InitialState.CopyTo(state);
        Sha256Block.Compress(state, block);
        return new Hash256(Join(state, 0), Join(state, 2), Join(state, 4), Join(state, 6));
    }

    private static void Pad(Span<uint> block, int from, int bits)
    {
        block[from..].Clear();
        block[from] = PaddingStart;
        block[^1] = (uint)bits;
    }

    private static ulong Join(ReadOnlySpan<uint> state, int at) =>
        BinaryPrimitives.ReverseEndianness(state[at])
        | ((ulong)BinaryPrimitives.ReverseEndianness(state[at + 1]) << 32);
}
