using System.Buffers;
using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>A proof as customers send it: hashes as they are shown, the way Electrum's <c>get_merkle</c> has them.
/// </summary>
/// <param name="Headers">1 to 16 headers, 160 hexadecimal digits each: the transaction's block, then those after it.
/// </param>
/// <param name="Txid">The transaction, 64 hexadecimal digits; absent to have headers checked alone.</param>
/// <param name="Position">Its place in the block, from 0.</param>
/// <param name="Branch">The branch from the leaf up, 64 hexadecimal digits each, at most 32.</param>
/// <param name="Transaction">The transaction itself, hexadecimal, if it shall be looked at.</param>
public sealed record ProofRequest(
    string[]? Headers, string? Txid = null, uint Position = 0, string[]? Branch = null, string? Transaction = null)
{
    /// <summary>Most digits of a transaction: 100 KB, what nodes pass on.</summary>
    public const int TransactionDigitsMax = 200_000;

    /// <summary>Most octets of a request.</summary>
    public const int OctetsMax = TransactionDigitsMax + 16_384;

    // The length of two hashes side by side.
    private const int MistakableOctets = 64;

    /// <summary>Makes the proof of it.</summary>
    /// <param name="limitBits">The network's greatest target.</param>
    /// <param name="proof">The proof; null where it is none.</param>
    /// <returns>What is wrong with it and what to send; null where nothing is.</returns>
    public string? Read(uint limitBits, out TransactionProof? proof)
    {
        proof = null;
        byte[]?[] headers = [.. (Headers ?? []).Select(header => Octets(header, 2 * BlockHeader.Size))];
        if (headers.Length is < 1 or > ProofTask.HeadersMax || headers.Contains(null))
        {
            return $"'headers' holds 1 to {ProofTask.HeadersMax} block headers of {2 * BlockHeader.Size} hexadecimal "
                + "digits: the transaction's block, then the blocks after it.";
        }

        Hash256?[] branch = [.. (Branch ?? []).Select(Shown)];
        if (branch.Length > ProofTask.LevelsMax || branch.Contains(null))
        {
            return $"'branch' holds up to {ProofTask.LevelsMax} hashes of 64 hexadecimal digits as they are shown, "
                + "from the leaf up.";
        }

        Hash256? txid = Shown(Txid);
        if (Txid is null ? branch.Length + Position != 0 || Transaction is not null : txid is null)
        {
            return Txid is null
                ? "'position', 'branch' and 'transaction' belong to a 'txid': send it, or headers alone."
                : "'txid' has 64 hexadecimal digits, as it is shown.";
        }

        proof = new TransactionProof(
            txid, Position, [.. branch.Select(hash => hash!.Value)], [.. headers.Select(header => header!)], limitBits)
        {
            IsTransactionShown = Transaction is not null,
        };
        return Transaction is null ? null : CheckTransaction(Transaction, txid!.Value);
    }

    /// <summary>A transaction of 64 octets without witness could be two nodes of the tree (CVE-2017-12842).</summary>
    private static string? CheckTransaction(string digits, Hash256 txid)
    {
        byte[]? octets = digits.Length <= TransactionDigitsMax ? Octets(digits, digits.Length) : null;
        bool isWhole = Bitcoin.Transaction.TryParse(octets, out Transaction? transaction, out int used)
            == Bitcoin.ParseStatus.Done && used == octets!.Length;
        if (!isWhole || transaction!.Txid != txid)
        {
            return $"'transaction' is not the one of 'txid' in up to {TransactionDigitsMax} hexadecimal digits: "
                + "send it whole, or leave it out.";
        }

        return transaction.ToOctets(withWitness: false).Length == MistakableOctets
            ? "The transaction has 64 octets without its witness: nobody can tell such a one from an inner node of the "
                + "tree, so its branch proves nothing."
            : null;
    }

    private static Hash256? Shown(string? digits) => Hash256.TryParse(digits, out Hash256 hash) ? hash : null;

    private static byte[]? Octets(string? digits, int length)
    {
        if (digits is null || digits.Length != length || length % 2 != 0)
        {
            return null;
        }

        byte[] octets = new byte[length / 2];
        return Convert.FromHexString(digits, octets, out _, out _) == OperationStatus.Done ? octets : null;
    }
}
