using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Proofs;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>
/// A chain of blocks with work in them and trees of transactions below, made for tests, and proofs of what is in it.
/// The trees are built here, level by level, not by what is tested.
/// </summary>
internal sealed class ProofMaker
{
    // A flipped bit leaves a header with enough work once in so many.
    private const ulong Work = 1 << 14;
    private const int Blocks = 24;
    private const int LargestTree = 3_000;

    private readonly Random _random;
    private readonly List<byte[]> _headers = [];
    private readonly List<List<Hash256[]>> _trees = [];

    public ProofMaker(Random random)
    {
        _random = random;
        Hash256 previous = Hash256.Zero;
        for (int i = 0; i < Blocks; i++)
        {
            _trees.Add(Tree(1 + random.Next(i == 0 ? 1 : LargestTree)));
            byte[] header = Mine(previous, _trees[^1][^1][0]);
            _headers.Add(header);
            previous = Sha256d.Hash(header);
        }
    }

    private static uint Bits { get; } = Target.ToCompact(Target.FromWork(Work));

    /// <summary>A valid proof: of the chain made here, or now and then of the main chain.</summary>
    public TransactionProof Next()
    {
        if (_random.Next(10) == 0)
        {
            IReadOnlyList<TransactionProof> known = ProofSamples.MainChain(Target.DifficultyOneBits);
            return known[_random.Next(known.Count)];
        }

        int block = _random.Next(Blocks);
        int length = 1 + _random.Next(Math.Min(16, Blocks - block));
        List<byte[]> headers = _headers.GetRange(block, length);
        if (_random.Next(5) == 0)
        {
            return new TransactionProof(null, 0, [], headers, Bits);
        }

        List<Hash256[]> tree = _trees[block];
        int place = _random.Next(tree[0].Length);
        List<Hash256> branch = [];
        for (int level = 0; level < tree.Count - 1; level++)
        {
            int neighbour = (place >> level) ^ 1;
            branch.Add(tree[level][Math.Min(neighbour, tree[level].Length - 1)]);
        }

        return new TransactionProof(tree[0][place], (uint)place, branch, headers, Bits);
    }

    /// <summary>The same proof with one bit flipped, anywhere in it.</summary>
    public TransactionProof Corrupt(TransactionProof proof)
    {
        int hashes = proof.Txid is null ? 0 : 1 + proof.Branch.Count;
        int bit = _random.Next((proof.Txid is null ? 0 : 32) + (256 * hashes) + (640 * proof.Headers.Count));
        if (proof.Txid is { } txid)
        {
            if (bit < 32)
            {
                return proof with { Place = proof.Place ^ (1u << bit) };
            }

            if ((bit -= 32) < 256)
            {
                return proof with { Txid = new Hash256(Flip(txid.ToOctets(), bit)) };
            }

            if ((bit -= 256) < 256 * proof.Branch.Count)
            {
                return proof with
                {
                    Branch = [.. proof.Branch.Select((hash, i) =>
                        i == bit / 256 ? new Hash256(Flip(hash.ToOctets(), bit % 256)) : hash)],
                };
            }

            bit -= 256 * proof.Branch.Count;
        }

        return proof with
        {
            Headers = [.. proof.Headers.Select((header, i) => i == bit / 640 ? Flip(header, bit % 640) : header)],
        };
    }

    private static byte[] Flip(byte[] octets, int bit)
    {
        byte[] changed = [.. octets];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static byte[] Mine(Hash256 previous, Hash256 root)
    {
        BlockHeader header = new(0x2000_0000, previous, root, 1_700_000_000, Bits, 0);
        while (!header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header.ToOctets();
    }

    private List<Hash256[]> Tree(int leaves)
    {
        List<Hash256[]> levels = [[.. Enumerable.Range(0, leaves).Select(_ => Leaf())]];
        while (levels[^1].Length > 1)
        {
            Hash256[] below = levels[^1];
            levels.Add([.. Enumerable.Range(0, (below.Length + 1) / 2).Select(i =>
                Sha256d.HashPair(below[2 * i], below[Math.Min((2 * i) + 1, below.Length - 1)]))]);
        }

        return levels;
    }

    private Hash256 Leaf()
    {
        byte[] octets = new byte[32];
        _random.NextBytes(octets);
        return new Hash256(octets);
    }
}
