using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MicroFirmware.Bitcoin;

/// <summary>The 80 octets that are mined.</summary>
/// <remarks><code>
///   0        4                      36                      68     72     76     80
///   [version][previous block's hash][merkle root           ][time ][bits ][nonce]
///   Numbers with the least significant octet first.
/// </code></remarks>
/// <param name="Version">Version and, between BIP 320's mask, bits that are free to roll.</param>
/// <param name="PreviousHash">Hash of the block before.</param>
/// <param name="MerkleRoot">Root over the transactions' ids.</param>
/// <param name="Time">Seconds since 1970, UTC.</param>
/// <param name="Bits">The target in compact form.</param>
/// <param name="Nonce">What a miner counts up.</param>
public readonly record struct BlockHeader(
    uint Version, Hash256 PreviousHash, Hash256 MerkleRoot, uint Time, uint Bits, uint Nonce)
{
    /// <summary>Octets of a header.</summary>
    public const int Size = 80;

    /// <summary>The version bits that miners may roll (BIP 320).</summary>
    public const uint RollingMask = 0x1fff_e000;

    /// <summary>Reads 80 octets: every value of every field is a header.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 80 octets.</exception>
    public static BlockHeader Read(ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<byte> header = octets[..Size];
        return new BlockHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(header),
            new Hash256(header[4..]),
            new Hash256(header[36..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[68..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[72..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[76..]));
    }

    /// <summary>Writes 80 octets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than 80 octets.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> header = destination[..Size];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Version);
        PreviousHash.CopyTo(header[4..]);
        MerkleRoot.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[68..], Time);
        BinaryPrimitives.WriteUInt32LittleEndian(header[72..], Bits);
        BinaryPrimitives.WriteUInt32LittleEndian(header[76..], Nonce);
    }

    /// <summary>The 80 octets.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[Size];
        CopyTo(octets);
        return octets;
    }

    /// <summary>The block's hash.</summary>
    [SkipLocalsInit]
    public Hash256 Hash()
    {
        Span<byte> octets = stackalloc byte[Size];
        CopyTo(octets);
        return Sha256d.HashHeader(octets);
    }

    /// <summary>Whether the hash meets the target that the header itself claims.</summary>
    public bool MeetsItsTarget() => Target.TryFromCompact(Bits, out UInt256 target) && Hash().Number <= target;
}
