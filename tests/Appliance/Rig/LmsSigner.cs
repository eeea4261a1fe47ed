using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>
/// The other side of <see cref="LmsCheck"/>: RFC 8554 with LMS_SHA256_M32_H10 and LMOTS_SHA256_N32_W4, keys derived
/// from a seed as in its appendix A.
/// </summary>
internal sealed class LmsSigner
{
    private const int Height = 10;
    private const int Chains = 67;
    private const int Most = 15;

    private readonly byte[] _seed;
    private readonly byte[] _id;
    private readonly byte[][] _nodes = new byte[2 << Height][];

    public LmsSigner(byte[] seed, byte[] id)
    {
        (_seed, _id) = (seed, id);
        Parallel.For(0, 1 << Height, leaf =>
        {
            byte[] ends = [.. Enumerable.Range(0, Chains).SelectMany(i => Chain(leaf, i, Start(leaf, i), 0, Most))];
            byte[] key = Hash([.. _id, .. Word(leaf), 0x80, 0x80, .. ends]);
            _nodes[(1 << Height) + leaf] = Hash([.. _id, .. Word((1 << Height) + leaf), 0x82, 0x82, .. key]);
        });
        for (int node = (1 << Height) - 1; node > 0; node--)
        {
            _nodes[node] = Hash([.. _id, .. Word(node), 0x83, 0x83, .. _nodes[2 * node], .. _nodes[(2 * node) + 1]]);
        }
    }

    public byte[] PublicKey => [.. Word(6), .. Word(3), .. _id, .. _nodes[1]];

    public byte[] Sign(int leaf, byte[] randomizer, byte[] message)
    {
        byte[] digest = Hash([.. _id, .. Word(leaf), 0x81, 0x81, .. randomizer, .. message]);
        List<int> digits = [.. digest.SelectMany(b => new[] { b >> 4, b & 15 })];
        int sum = digits.Sum(d => Most - d);
        digits.AddRange([sum >> 8, (sum >> 4) & 15, sum & 15]);
        IEnumerable<byte> values = digits.SelectMany((d, i) => Chain(leaf, i, Start(leaf, i), 0, d));
        List<byte> path = [];
        for (int node = (1 << Height) + leaf; node > 1; node /= 2)
        {
            path.AddRange(_nodes[node ^ 1]);
        }

        return [.. Word(leaf), .. Word(3), .. randomizer, .. values, .. Word(6), .. path];
    }

    private static byte[] Word(int value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }

    private static byte[] Hash(byte[] input) => SHA256.HashData(input);

    private byte[] Start(int leaf, int chain) =>
        Hash([.. _id, .. Word(leaf), (byte)(chain >> 8), (byte)chain, 0xff, .. _seed]);

    private byte[] Chain(int leaf, int chain, byte[] value, int from, int to)
    {
        Span<byte> block = [.. _id, .. Word(leaf), (byte)(chain >> 8), (byte)chain, 0, .. value];
        for (int j = from; j < to; j++)
        {
            block[22] = (byte)j;
            SHA256.HashData(block, block[23..]);
        }

        return block[23..].ToArray();
    }
}
