using System.Buffers;
using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>The first transaction of a block: the height it must name and the witnesses it must commit to.</summary>
public static class Coinbase
{
    /// <summary>Octets of the script that commits to the witnesses.</summary>
    public const int CommitmentScriptSize = 6 + Hash256.Size;

    private const int OpZero = 0x00;
    private const int OpOne = 0x51;

    /// <summary>OP_RETURN, a push of 36 octets, and BIP 141's mark.</summary>
    private static ReadOnlySpan<byte> CommitmentPrefix => [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    /// <summary>The push of the height that begins a coinbase's script (BIP 34): OP_0 to OP_16 up to 16, otherwise a
    /// script number with its sign octet where the top bit is set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative height.</exception>
    public static byte[] HeightPush(int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        if (height <= 16)
        {
            return [(byte)(height == 0 ? OpZero : OpOne + height - 1)];
        }

        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, height);
        int length = 8;
        while (length > 1 && number[length - 1] == 0 && (number[length - 2] & 0x80) == 0)
        {
            length--;
        }

        return [(byte)length, .. number[..length]];
    }

    /// <summary>Whether a coinbase's script begins with this height (BIP 34).</summary>
    public static bool NamesHeight(ReadOnlySpan<byte> script, int height) => script.StartsWith(HeightPush(height));

    /// <summary>The height that a coinbase's script begins with; null where it begins with none (BIP 34).</summary>
    public static int? ReadHeight(ReadOnlySpan<byte> script)
    {
        int first = script.IsEmpty ? -1 : script[0];
        int height = first switch
        {
            OpZero => 0,
            >= OpOne and <= OpOne + 15 => first - OpOne + 1,
            >= 1 and <= 4 when script.Length > first => ReadNumber(script.Slice(1, first)),
            _ => -1,
        };
        return height >= 0 && NamesHeight(script, height) ? height : null;
    }

    /// <summary>The script of the output that commits to the witnesses (BIP 141).</summary>
    /// <param name="witnessRoot">Merkle root over the wtxids, the coinbase's counted as zero.</param>
    /// <param name="reserved">The coinbase's witness: 32 octets, zero by convention.</param>
    public static byte[] CommitmentScript(Hash256 witnessRoot, Hash256 reserved)
    {
        byte[] script = new byte[CommitmentScriptSize];
        CommitmentPrefix.CopyTo(script);
        Sha256d.HashPair(witnessRoot, reserved).CopyTo(script.AsSpan(CommitmentPrefix.Length));
        return script;
    }

    /// <summary>The commitment in a coinbase: the last output that looks like one counts (BIP 141).</summary>
    /// <returns>Null where no output does.</returns>
    public static Hash256? FindCommitment(Transaction coinbase)
    {
        TransactionOutput? output = coinbase.Outputs.LastOrDefault(o =>
            o.Script.Length >= CommitmentScriptSize && o.Script.AsSpan().StartsWith(CommitmentPrefix));
        return output is null ? null : new Hash256(output.Script.AsSpan(CommitmentPrefix.Length));
    }

    /// <summary>The root over the wtxids of a block, the coinbase's counted as zero.</summary>
    /// <param name="others">Every wtxid except the coinbase's.</param>
    public static Hash256 WitnessRoot(IEnumerable<Hash256> others) => MerkleTree.Root([Hash256.Zero, .. others]);

    private static int ReadNumber(ReadOnlySpan<byte> octets)
    {
        Span<byte> number = stackalloc byte[4];
        number.Clear();
        octets.CopyTo(number);
        return BinaryPrimitives.ReadInt32LittleEndian(number);
    }

    /// <summary>Makes a coinbase that is open at the extranonce.</summary>
    /// <param name="height">Height of its block.</param>
    /// <param name="tag">What follows the height in the script, such as the miner's name.</param>
    /// <param name="extranonceSize">Octets left open after the tag.</param>
    /// <param name="outputs">What it pays, the commitment included.</param>
    /// <exception cref="ArgumentException">The script would leave the 2 to 100 octets that are allowed.</exception>
    public static SplitCoinbase Split(
        int height, ReadOnlySpan<byte> tag, int extranonceSize, IReadOnlyList<TransactionOutput> outputs)
    {
        byte[] push = HeightPush(height);
        byte[] script = [.. push, .. tag, .. new byte[extranonceSize]];
        if (script.Length is < Consensus.MinCoinbaseScript or > Consensus.MaxCoinbaseScript)
        {
            throw new ArgumentException(
                $"The coinbase script would have {script.Length} octets; 2 to 100 are allowed: shorten the tag.");
        }

        TransactionInput input = new(OutPoint.Null, script, TransactionInput.FinalSequence);
        byte[] whole = new Transaction(2, [input], outputs, 0).ToOctets();

        // Version, input count, outpoint and script length come before the script.
        int scriptStart = 4 + 1 + 36 + 1;
        int open = scriptStart + push.Length + tag.Length;
        return new SplitCoinbase(whole[..open], extranonceSize, whole[(open + extranonceSize)..]);
    }
}
