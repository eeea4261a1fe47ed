using System.Buffers;

namespace MicroFirmware.Bitcoin;

/// <summary>A transaction, with its witness where it has one (BIP 144).</summary>
/// <remarks><code>
///   plain     [version 4][inputs][outputs][lock time 4]
///   extended  [version 4][00][01][inputs][outputs][a witness stack per input][lock time 4]
///   input     [txid 32][index 4][script: count, octets][sequence 4]
///   output    [satoshi 8][script: count, octets]
///   stack     [count]([item: count, octets])*
/// </code></remarks>
public sealed class Transaction
{
    private const byte WitnessFlag = 1;
    private const int LeastInputOctets = 41;
    private const int LeastOutputOctets = 9;

    private readonly Lazy<Hash256> _txid;
    private readonly Lazy<Hash256> _wtxid;

    /// <summary>Makes a transaction of its parts; what is given must not change any more.</summary>
    public Transaction(
        uint version,
        IReadOnlyList<TransactionInput> inputs,
        IReadOnlyList<TransactionOutput> outputs,
        uint lockTime)
    {
        (Version, Inputs, Outputs, LockTime) = (version, inputs, outputs, lockTime);
        _txid = new Lazy<Hash256>(() => Sha256d.Hash(ToOctets(withWitness: false)));
        _wtxid = new Lazy<Hash256>(() => HasWitness ? Sha256d.Hash(ToOctets()) : Txid);
    }

    /// <summary>1 or 2 by convention; any value is allowed.</summary>
    public uint Version { get; }

    /// <summary>What it spends.</summary>
    public IReadOnlyList<TransactionInput> Inputs { get; }

    /// <summary>What it creates.</summary>
    public IReadOnlyList<TransactionOutput> Outputs { get; }

    /// <summary>Block height or time before which it may not be mined; 0 for none.</summary>
    public uint LockTime { get; }

    /// <summary>Hash without the witness: what outpoints and the merkle root hold.</summary>
    public Hash256 Txid => _txid.Value;

    /// <summary>Hash with the witness (BIP 141): what the witness commitment holds.</summary>
    public Hash256 Wtxid => _wtxid.Value;

    /// <summary>Any input has a witness.</summary>
    public bool HasWitness => Inputs.Any(i => i.Witness.Count > 0);

    /// <summary>One input that spends nothing.</summary>
    public bool IsCoinbase => Inputs.Count == 1 && Inputs[0].Previous == OutPoint.Null;

    /// <summary>Weight units (BIP 141): octets without witness count four, octets of witness one.</summary>
    public int Weight => (3 * ToOctets(withWitness: false).Length) + ToOctets().Length;

    /// <summary>Reads one transaction.</summary>
    /// <param name="source">Octets that begin with the transaction.</param>
    /// <param name="transaction">The transaction where the answer is done.</param>
    /// <param name="used">Octets it took.</param>
    /// <returns>Invalid for counts that no block could hold, non-canonical counts, no inputs, an unknown flag, or an
    /// extended form without any witness.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> source, out Transaction? transaction, out int used)
    {
        OctetReader reader = new(source);
        transaction = Read(ref reader);
        used = transaction is null ? 0 : reader.Position;
        return reader.Status;
    }

    /// <summary>Reads octets that must be exactly one transaction.</summary>
    /// <exception cref="FormatException">They are not.</exception>
    public static Transaction Parse(ReadOnlySpan<byte> source) =>
        TryParse(source, out Transaction? transaction, out int used) == ParseStatus.Done && used == source.Length
            ? transaction!
            : throw new FormatException("These octets are not one whole transaction.");

    /// <summary>The serialisation.</summary>
    /// <param name="withWitness">False leaves the witness out, as the txid does.</param>
    public byte[] ToOctets(bool withWitness = true)
    {
        ArrayBufferWriter<byte> writer = new();
        Write(writer, withWitness);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the serialisation.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="withWitness">False leaves the witness out.</param>
    public void Write(IBufferWriter<byte> writer, bool withWitness = true)
    {
        bool extended = withWitness && HasWitness;
        writer.WriteUInt32(Version);
        if (extended)
        {
            writer.Write<byte>([0, WitnessFlag]);
        }

        CompactSize.Write(writer, (ulong)Inputs.Count);
        foreach (TransactionInput input in Inputs)
        {
            writer.WriteHash(input.Previous.Txid);
            writer.WriteUInt32(input.Previous.Index);
            writer.WriteVector(input.Script);
            writer.WriteUInt32(input.Sequence);
        }

        CompactSize.Write(writer, (ulong)Outputs.Count);
        foreach (TransactionOutput output in Outputs)
        {
            writer.WriteUInt64(output.Value);
            writer.WriteVector(output.Script);
        }

        if (extended)
        {
            WriteWitness(writer);
        }

        writer.WriteUInt32(LockTime);
    }

    internal static Transaction? Read(ref OctetReader reader)
    {
        uint version = reader.ReadUInt32();
        bool extended = reader.Good && reader.Peek() == 0;
        if (extended)
        {
            if (reader.Peek(1) is not (-1 or WitnessFlag))
            {
                reader.Fail(ParseStatus.Invalid);
            }

            reader.Skip(2);
        }

        TransactionInput[] inputs = ReadInputs(ref reader);
        TransactionOutput[] outputs = ReadOutputs(ref reader);
        if (extended)
        {
            ReadWitness(ref reader, inputs);
        }

        uint lockTime = reader.ReadUInt32();
        return reader.Good ? new Transaction(version, inputs, outputs, lockTime) : null;
    }

    private static TransactionInput[] ReadInputs(ref OctetReader reader)
    {
        int count = reader.ReadCount(LeastInputOctets, Consensus.MaxStrippedSize);
        if (reader.Good && count == 0)
        {
            reader.Fail(ParseStatus.Invalid);
        }

        TransactionInput[] inputs = new TransactionInput[count];
        for (int i = 0; i < count && reader.Good; i++)
        {
            OutPoint previous = new(reader.ReadHash(), reader.ReadUInt32());
            byte[] script = reader.ReadVector(Consensus.MaxStrippedSize);
            inputs[i] = new TransactionInput(previous, script, reader.ReadUInt32());
        }

        return inputs;
    }

    private static TransactionOutput[] ReadOutputs(ref OctetReader reader)
    {
        int count = reader.ReadCount(LeastOutputOctets, Consensus.MaxStrippedSize);
        TransactionOutput[] outputs = new TransactionOutput[count];
        for (int i = 0; i < count && reader.Good; i++)
        {
            outputs[i] = new TransactionOutput(reader.ReadUInt64(), reader.ReadVector(Consensus.MaxStrippedSize));
        }

        return outputs;
    }

    private static void ReadWitness(ref OctetReader reader, TransactionInput[] inputs)
    {
        bool any = false;
        for (int i = 0; i < inputs.Length && reader.Good; i++)
        {
            byte[][] stack = new byte[reader.ReadCount(1, Consensus.MaxBlockWeight)][];
            for (int item = 0; item < stack.Length && reader.Good; item++)
            {
                stack[item] = reader.ReadVector(Consensus.MaxBlockWeight);
            }

            any |= stack.Length > 0;
            if (reader.Good)
            {
                inputs[i] = inputs[i] with { Witness = stack };
            }
        }

        if (reader.Good && !any)
        {
            reader.Fail(ParseStatus.Invalid);
        }
    }

    private void WriteWitness(IBufferWriter<byte> writer)
    {
        foreach (TransactionInput input in Inputs)
        {
            CompactSize.Write(writer, (ulong)input.Witness.Count);
            foreach (byte[] item in input.Witness)
            {
                writer.WriteVector(item);
            }
        }
    }
}
