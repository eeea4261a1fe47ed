namespace MicroFirmware.Signing;

/// <summary>A key's whole tree: a million hashes, half a second on one core, made when a key is opened.</summary>
internal sealed class LmsTree
{
    private readonly byte[] _identifier;
    private readonly byte[] _seed;
    private readonly byte[][] _nodes = new byte[2 * LmsHash.LeafCount][];

    public LmsTree(byte[] identifier, byte[] seed)
    {
        (_identifier, _seed) = (identifier, seed);
        Parallel.For(0, LmsHash.LeafCount, leaf => _nodes[LmsHash.LeafCount + leaf] = LeafNode((uint)leaf));
        for (uint i = LmsHash.LeafCount - 1; i > 0; i--)
        {
            _nodes[i] = LmsHash.InnerNode(identifier, i, _nodes[2 * i], _nodes[(2 * i) + 1]);
        }
    }

    /// <summary>The root, which is the heart of the public key.</summary>
    public byte[] Root => _nodes[1];

    /// <summary>The values of a leaf's chains that sign a message's digits, one after the other.</summary>
    public byte[] Values(uint leaf, byte[] digits)
    {
        byte[] values = new byte[LmsHash.ChainCount * LmsHash.N];
        for (int chain = 0; chain < LmsHash.ChainCount; chain++)
        {
            Span<byte> value = values.AsSpan(chain * LmsHash.N, LmsHash.N);
            LmsHash.ChainStart(_identifier, _seed, leaf, chain, value);
            LmsHash.Climb(_identifier, leaf, chain, value, 0, digits[chain]);
        }

        return values;
    }

    /// <summary>The neighbours on the way from a leaf to the root.</summary>
    public byte[] Path(uint leaf)
    {
        byte[] path = new byte[LmsHash.TreeHeight * LmsHash.N];
        uint node = LmsHash.LeafCount + leaf;
        for (int level = 0; level < LmsHash.TreeHeight; level++, node /= 2)
        {
            _nodes[node ^ 1].CopyTo(path, level * LmsHash.N);
        }

        return path;
    }

    private byte[] LeafNode(uint leaf)
    {
        byte[] most = new byte[LmsHash.ChainCount];
        most.AsSpan().Fill(LmsHash.ChainMost);
        return LmsHash.LeafNode(_identifier, leaf, Values(leaf, most));
    }
}
