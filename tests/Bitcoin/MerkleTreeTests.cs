namespace MicroFirmware.Bitcoin.Tests;

public class MerkleTreeTests
{
    [Fact]
    public void Root_of_every_known_block_is_in_its_header()
    {
        foreach (Block block in Vectors.Blocks.Select(b => Block.Parse(b.Octets)))
        {
            Hash256[] ids = [.. block.Transactions.Select(t => t.Txid)];
            Assert.Equal(block.Header.MerkleRoot, MerkleTree.Root(ids, out bool mutated));
            Assert.False(mutated);
            Assert.Equal(block.Header.MerkleRoot, MerkleTree.Fold(ids[0], MerkleTree.Branch(ids[1..])));
        }
    }

    [Fact]
    public void Branch_folds_to_the_root_for_every_count_of_leaves()
    {
        for (int count = 1; count <= 40; count++)
        {
            Hash256[] leaves = [.. Enumerable.Range(0, count).Select(i => Sha256d.Hash([(byte)i]))];
            Hash256[] branch = MerkleTree.Branch(leaves[1..]);
            Assert.Equal((int)Math.Ceiling(Math.Log2(count)), branch.Length);
            Assert.Equal(MerkleTree.Root(leaves), MerkleTree.Fold(leaves[0], branch));
        }
    }

    [Fact]
    public void Repeated_leaves_with_the_same_root_are_noticed()
    {
        Hash256[] leaves = [.. Enumerable.Range(0, 6).Select(i => Sha256d.Hash([(byte)i]))];
        Hash256[] repeated = [.. leaves, .. leaves[4..]];
        Assert.Equal(MerkleTree.Root(leaves, out bool plain), MerkleTree.Root(repeated, out bool mutated));
        Assert.Equal((false, true), (plain, mutated));
    }

    [Fact]
    public void Root_of_nothing_is_zero_and_of_one_leaf_is_the_leaf()
    {
        Hash256 leaf = Sha256d.Hash([7]);
        Assert.Equal(Hash256.Zero, MerkleTree.Root([]));
        Assert.Equal(leaf, MerkleTree.Root([leaf]));
        Assert.Empty(MerkleTree.Branch([]));
    }

    [Fact]
    public void Template_branch_is_what_its_pool_vector_says()
    {
        Hash256[] ids = [.. Vectors.Gbt.GetProperty("gbt").GetProperty("transactions").EnumerateArray()
            .Select(t => Hash256.Parse(t.Text("txid")))];
        string[] expected = [.. Vectors.Gbt.GetProperty("merkle_branch_le").EnumerateArray()
            .Select(b => b.GetString()!)];
        Assert.Equal(expected, MerkleTree.Branch(ids).Select(b => Convert.ToHexStringLower(b.ToOctets())));
    }
}
