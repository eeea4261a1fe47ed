using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MicroFirmware.Signing;

/// <summary>
/// The hashes of RFC 8554 with LMS_SHA256_M32_H10 (type 6) and LMOTS_SHA256_N32_W4 (type 3), each under the key's
/// identifier.
/// </summary>
internal static class LmsHash
{
    public const uint LmsType = 6;
    public const uint OtsType = 3;
    public const int TreeHeight = 10;
    public const int LeafCount = 1 << TreeHeight;
    public const int ChainCount = 67;
    public const int ChainMost = 15;
    public const int N = 32;
    public const int IdentifierLength = 16;

    // Domain separators, RFC 8554 §3.1 and §5.3.
    private const ushort OtsPublic = 0x8080;
    private const ushort Message = 0x8181;
    private const ushort Leaf = 0x8282;
    private const ushort Inner = 0x8383;

    // The place of a secret chain start among a chain's values, RFC 8554 appendix A.
    private const byte SecretMark = 0xff;

    private const int AtNumber = IdentifierLength;
    private const int AtChain = AtNumber + 4;
    private const int AtStep = AtChain + 2;
    private const int AtValue = AtStep + 1;

    /// <summary>Walks along one chain of a leaf, from one place to another.</summary>
    /// <param name="identifier">The key's.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="value">The value at the first place; becomes that at the last.</param>
    /// <param name="from">The first place.</param>
    /// <param name="to">The last place.</param>
    public static void Climb(
        ReadOnlySpan<byte> identifier, uint leaf, int chain, Span<byte> value, int from, int to)
    {
        Span<byte> block = stackalloc byte[AtValue + N];
        Begin(block, identifier, leaf, (ushort)chain);
        for (int step = from; step < to; step++)
        {
            block[AtStep] = (byte)step;
            value.CopyTo(block[AtValue..]);
            SHA256.HashData(block, value);
        }
    }

    /// <summary>The secret start of a chain.</summary>
    public static void ChainStart(
        ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> seed, uint leaf, int chain, Span<byte> value)
    {
        Span<byte> block = stackalloc byte[AtValue + N];
        Begin(block, identifier, leaf, (ushort)chain);
        block[AtStep] = SecretMark;
        seed.CopyTo(block[AtValue..]);
        SHA256.HashData(block, value);
    }

    /// <summary>A leaf of the tree: the hash of its one-time public key.</summary>
    /// <param name="identifier">The key's.</param>
    /// <param name="leaf">The leaf's number, from 0.</param>
    /// <param name="ends">The ends of its chains, one after the other.</param>
    public static byte[] LeafNode(ReadOnlySpan<byte> identifier, uint leaf, ReadOnlySpan<byte> ends)
    {
        byte[] key = Hash(identifier, leaf, OtsPublic, ends, default);
        return Hash(identifier, LeafCount + leaf, Leaf, key, default);
    }

    /// <summary>An inner node of the tree; the root is number 1.</summary>
    public static byte[] InnerNode(
        ReadOnlySpan<byte> identifier, uint number, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Hash(identifier, number, Inner, left, right);

    /// <summary>How far each chain is walked for a message: its digest in digits of 4 bits, and their checksum.
    /// </summary>
    public static byte[] DigitsOf(
        ReadOnlySpan<byte> identifier, uint leaf, ReadOnlySpan<byte> randomizer, ReadOnlySpan<byte> message)
    {
        byte[] digest = Hash(identifier, leaf, Message, randomizer, message);
        byte[] digits = new byte[ChainCount];
        int checksum = 0;
        for (int i = 0; i < 2 * N; i++)
        {
            digits[i] = (byte)((digest[i / 2] >> (i % 2 == 0 ? 4 : 0)) & ChainMost);
            checksum += ChainMost - digits[i];
        }

        // Twelve bits are enough for the sum; RFC 8554 shifts them to the upper end of sixteen.
        for (int i = 0; i < ChainCount - (2 * N); i++)
        {
            digits[(2 * N) + i] = (byte)((checksum >> (8 - (4 * i))) & ChainMost);
        }

        return digits;
    }

    private static byte[] Hash(ReadOnlySpan<byte> identifier, uint number, ushort domain, ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second)
    {
        Span<byte> head = stackalloc byte[AtStep];
        Begin(head, identifier, number, domain);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(first);
        hash.AppendData(second);
        return hash.GetHashAndReset();
    }

    private static void Begin(Span<byte> block, ReadOnlySpan<byte> identifier, uint number, ushort word)
    {
        identifier.CopyTo(block);
        BinaryPrimitives.WriteUInt32BigEndian(block[AtNumber..], number);
        BinaryPrimitives.WriteUInt16BigEndian(block[AtChain..], word);
    }
}
