using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// Valid proofs that planted ones are made of: a few of the main chain for a start, then customers'. Right ones are a
/// neighbour's, or a part of the run; wrong ones have one thing changed somewhere. The desk guards it.
/// </summary>
internal sealed class ProofSamples
{
    /// <summary>How many are kept; the oldest goes first.</summary>
    public const int Capacity = 256;

    // A proof that few of the boards have seen is found among so many.
    private const int Tries = 8;
    private const string Resource = "MicroFirmware.Gateway.Proofs.main-chain.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly Queue<Sample> _samples = new();
    private readonly Random _random;

    public ProofSamples(uint limitBits, Random random)
    {
        _random = random;
        foreach (TransactionProof proof in MainChain(limitBits))
        {
            Add(proof, []);
        }
    }

    /// <summary>The proofs of Bitcoin's main chain that come with the program.</summary>
    public static IReadOnlyList<TransactionProof> MainChain(uint limitBits)
    {
        using Stream file = typeof(ProofSamples).Assembly.GetManifestResourceStream(Resource)!;
        return [.. JsonSerializer.Deserialize<SampleFile>(file, s_json)!.Proofs.Select(request =>
            request.Read(limitBits, out TransactionProof? proof) is null
                ? proof!
                : throw new InvalidDataException($"{Resource} holds something that is no proof."))];
    }

    /// <summary>Keeps a valid proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="seenBy">The boards that know it.</param>
    public void Add(TransactionProof proof, IEnumerable<Device> seenBy)
    {
        _samples.Enqueue(new Sample(proof, [.. seenBy.Select(device => device.Number)]));
        if (_samples.Count > Capacity)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Makes a proof to be planted; every other one is meant to be wrong.</summary>
    /// <param name="boards">Who may get it.</param>
    /// <returns>The proof, and where to note who did get it.</returns>
    public (TransactionProof Proof, HashSet<int> SeenBy) Plant(IReadOnlyCollection<Device> boards)
    {
        Sample sample = Enumerable.Range(0, Tries)
            .Select(_ => _samples.ElementAt(_random.Next(_samples.Count)))
            .MinBy(candidate => boards.Count(board => candidate.SeenBy.Contains(board.Number)))!;
        TransactionProof right = Vary(sample.Proof);
        return (_random.Next(2) == 0 ? right : Spoil(right), sample.SeenBy);
    }

    /// <summary>Another valid proof of the same hashes.</summary>
    private TransactionProof Vary(TransactionProof proof)
    {
        int length = 1 + _random.Next(proof.Headers.Count);
        int from = proof.Txid is null ? _random.Next(proof.Headers.Count - length + 1) : 0;
        proof = proof with { Headers = [.. proof.Headers.Skip(from).Take(length)] };
        if (proof.Txid is not { } txid || proof.Branch.Count == 0 || _random.Next(2) == 0)
        {
            return proof;
        }

        // The neighbour's branch differs in its first hash; where both are one, there is no neighbour.
        return proof.Branch[0] == txid
            ? proof
            : proof with { Txid = proof.Branch[0], Place = proof.Place ^ 1, Branch = [txid, .. proof.Branch.Skip(1)] };
    }

    private TransactionProof Spoil(TransactionProof proof) => _random.Next(4) switch
    {
        0 when proof.Headers.Count > 2 => proof with
        {
            Headers = [.. proof.Headers.Where(RandomlyNot(1 + _random.Next(proof.Headers.Count - 2)))],
        },
        1 when proof.Branch.Count > 0 => proof with { Place = proof.Place ^ (1u << _random.Next(proof.Branch.Count)) },
        2 when proof.Txid is { } txid => proof with { Txid = Flip(txid) },
        3 when proof.Branch.Count > 0 => SpoilBranch(proof, _random.Next(proof.Branch.Count)),
        _ => SpoilHeader(proof, _random.Next(proof.Headers.Count)),
    };

    private static Func<byte[], int, bool> RandomlyNot(int index) => (_, i) => i != index;

    private TransactionProof SpoilBranch(TransactionProof proof, int level) => proof with
    {
        Branch = [.. proof.Branch.Select((hash, i) => i == level ? Flip(hash) : hash)],
    };

    private TransactionProof SpoilHeader(TransactionProof proof, int number) => proof with
    {
        Headers = [.. proof.Headers.Select((header, i) => i == number ? Flip(header) : header)],
    };

    private Hash256 Flip(Hash256 hash) => new(Flip(hash.ToOctets()));

    private byte[] Flip(byte[] octets)
    {
        byte[] changed = [.. octets];
        int bit = _random.Next(8 * changed.Length);
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private sealed record Sample(TransactionProof Proof, HashSet<int> SeenBy);

    private sealed record SampleFile(string Origin, ProofRequest[] Proofs);
}
