namespace MicroFirmware.Bitcoin;

/// <summary>The tree of hashes whose root a header holds. An odd level repeats its last hash.</summary>
public static class MerkleTree
{
    /// <summary>The root over some leaves; zero for none.</summary>
    public static Hash256 Root(IReadOnlyList<Hash256> leaves) => Root(leaves, out _);

    /// <summary>The root, and whether another list of leaves has the same one.</summary>
    /// <param name="leaves">Transaction ids, the coinbase's first.</param>
    /// <param name="mutated">Two neighbours are equal, so that the same root comes from a shorter list: a block like
    /// that must be refused, and must not be remembered as bad by its hash (CVE-2012-2459).</param>
    public static Hash256 Root(IReadOnlyList<Hash256> leaves, out bool mutated)
    {
        mutated = false;
        Hash256[] level = [.. leaves];
        int count = level.Length;
        while (count > 1)
        {
            int half = (count + 1) / 2;
            for (int i = 0; i < half; i++)
            {
                Hash256 left = level[2 * i];
                bool paired = (2 * i) + 1 < count;
                Hash256 right = paired ? level[(2 * i) + 1] : left;
                mutated |= paired && left == right;
                level[i] = Sha256d.HashPair(left, right);
            }

            count = half;
        }

        return count == 0 ? Hash256.Zero : level[0];
    }

    /// <summary>What the first leaf is hashed with on its way to the root: enough for a miner who changes only the
    /// coinbase.</summary>
    /// <param name="others">Every leaf except the first.</param>
    /// <returns>One hash per level, from the leaves up; empty where there are no others.</returns>
    public static Hash256[] Branch(IReadOnlyList<Hash256> others)
    {
        List<Hash256> branch = [];
        List<Hash256> level = [Hash256.Zero, .. others];
        while (level.Count > 1)
        {
            branch.Add(level[1]);
            if (level.Count % 2 == 1)
            {
                level.Add(level[^1]);
            }

            List<Hash256> next = [Hash256.Zero];
            for (int i = 2; i < level.Count; i += 2)
            {
                next.Add(Sha256d.HashPair(level[i], level[i + 1]));
            }

            level = next;
        }

        return [.. branch];
    }

    /// <summary>Folds a branch onto the first leaf: the root.</summary>
    /// <param name="first">The coinbase's txid.</param>
    /// <param name="branch">What <see cref="Branch"/> gave.</param>
    public static Hash256 Fold(Hash256 first, ReadOnlySpan<Hash256> branch)
    {
        Hash256 root = first;
        foreach (Hash256 side in branch)
        {
            root = Sha256d.HashPair(root, side);
        }

        return root;
    }
}
