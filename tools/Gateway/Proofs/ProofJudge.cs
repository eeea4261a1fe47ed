using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// Checks a proof by itself, with other code than boards have: in the order of PROTOCOL.md, the first that fails is the
/// result. Stateless.
/// </summary>
public static class ProofJudge
{
    private const int CompactMantissaBits = 24;

    /// <summary>Checks a proof. It takes a computer some microseconds a hash.</summary>
    public static ProofOutcome Check(TransactionProof proof)
    {
        UInt256 trace = UInt256.Zero;
        ProofOutcome? wrong = proof.Txid is { } txid ? CheckBranch(proof, txid, ref trace) : null;
        return wrong ?? CheckHeaders(proof, ref trace);
    }

    private static ProofOutcome? CheckBranch(TransactionProof proof, Hash256 txid, ref UInt256 trace)
    {
        int levels = proof.Branch.Count;
        if (((ulong)proof.Place >> levels) != 0)
        {
            return new ProofOutcome(FindingCode.NoSuchPlace, levels, Hash256.Zero);
        }

        Hash256 node = txid;
        for (int level = 0; level < levels; level++)
        {
            bool isRight = ((proof.Place >> level) & 1) != 0;
            Hash256 other = proof.Branch[level];
            (Hash256 left, Hash256 right) = isRight ? (other, node) : (node, other);
            FindingCode? wrong = isRight && left == right ? FindingCode.Repeated
                : IsTransaction(left, right) ? FindingCode.HiddenTransaction
                : null;
            if (wrong is { } code)
            {
                return new ProofOutcome(code, level, trace.Hash);
            }

            node = Sha256d.HashPair(left, right);
            trace = Combine(trace, node);
        }

        return node == BlockHeader.Read(proof.Headers[0]).MerkleRoot
            ? null
            : new ProofOutcome(FindingCode.NotInBlock, levels, trace.Hash);
    }

    private static ProofOutcome CheckHeaders(TransactionProof proof, ref UInt256 trace)
    {
        bool hasLimit = Target.TryFromCompact(proof.LimitBits, out UInt256 limit);
        bool hasChanged = false;
        (Hash256 Hash, uint Bits) before = default;
        for (int i = 0; i < proof.Headers.Count; i++)
        {
            BlockHeader header = BlockHeader.Read(proof.Headers[i]);
            bool changes = i > 0 && header.Bits != before.Bits;
            FindingCode? wrong =
                !hasLimit || !Target.TryFromCompact(header.Bits, out UInt256 target) || target > limit
                    ? FindingCode.BadTarget
                : i > 0 && header.PreviousHash != before.Hash ? FindingCode.BrokenChain
                : changes && (hasChanged || !MayFollow(before.Bits, header.Bits)) ? FindingCode.TargetJumps
                : null;
            if (wrong is { } code)
            {
                return new ProofOutcome(code, i, trace.Hash);
            }

            hasChanged |= changes;
            before = (Sha256d.HashHeader(proof.Headers[i]), header.Bits);
            trace = Combine(trace, before.Hash);
            if (before.Hash.Number > Target.FromCompact(header.Bits))
            {
                return new ProofOutcome(FindingCode.NoWork, i, trace.Hash);
            }
        }

        return new ProofOutcome(FindingCode.Valid, 0, trace.Hash);
    }

    /// <summary>CVE-2017-12842: a parser decides, where boards look at the few octets that matter. In 64 octets there
    /// is room for one input and one output.</summary>
    private static bool IsTransaction(Hash256 left, Hash256 right)
    {
        byte[] pair = [.. left.ToOctets(), .. right.ToOctets()];
        return Transaction.TryParse(pair, out Transaction? transaction, out int used) == Bitcoin.ParseStatus.Done
            && used == pair.Length && transaction is { Inputs.Count: 1, Outputs.Count: 1, HasWitness: false };
    }

    /// <summary>By a factor of four at most; the exact quarter may have been rounded down to the compact form.
    /// </summary>
    private static bool MayFollow(uint before, uint after)
    {
        int apart = (int)(before >> CompactMantissaBits) - (int)(after >> CompactMantissaBits);
        if (apart is < -1 or > 1)
        {
            return false;
        }

        Int128 old = Mantissa(before) << (8 * (1 + apart));
        Int128 now = Mantissa(after) << 8;
        return now <= 4 * old && old < 4 * (now + (1 << 8));
    }

    private static Int128 Mantissa(uint bits) => bits & 0x7f_ffff;

    private static UInt256 Combine(UInt256 trace, Hash256 hash)
    {
        Span<byte> a = stackalloc byte[UInt256.Size];
        Span<byte> b = stackalloc byte[UInt256.Size];
        trace.CopyTo(a);
        hash.CopyTo(b);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] ^= b[i];
        }

        return new UInt256(a);
    }
}
