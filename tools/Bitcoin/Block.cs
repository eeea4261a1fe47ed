using System.Buffers;

namespace MicroFirmware.Bitcoin;

/// <summary>A header and the transactions it commits to, the coinbase first.</summary>
/// <param name="Header">80 octets.</param>
/// <param name="Transactions">At least one in a valid block.</param>
public sealed record Block(BlockHeader Header, IReadOnlyList<Transaction> Transactions)
{
    private const int LeastTransactionOctets = 60;

    /// <summary>Reads one block.</summary>
    /// <param name="source">Octets that begin with the block.</param>
    /// <param name="block">The block where the answer is done.</param>
    /// <param name="used">Octets it took.</param>
    /// <returns>Invalid for counts that no block could hold and for any transaction that is invalid.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> source, out Block? block, out int used)
    {
        (block, used) = (null, 0);
        OctetReader reader = new(source);
        reader.Skip(BlockHeader.Size);
        int count = reader.ReadCount(LeastTransactionOctets, Consensus.MaxBlockWeight);
        List<Transaction> transactions = [];
        while (reader.Good && transactions.Count < count)
        {
            if (Transaction.Read(ref reader) is { } transaction)
            {
                transactions.Add(transaction);
            }
        }

        if (reader.Good)
        {
            block = new Block(BlockHeader.Read(source), transactions);
            used = reader.Position;
        }

        return reader.Status;
    }

    /// <summary>Reads octets that must be exactly one block.</summary>
    /// <exception cref="FormatException">They are not.</exception>
    public static Block Parse(ReadOnlySpan<byte> source) =>
        TryParse(source, out Block? block, out int used) == ParseStatus.Done && used == source.Length
            ? block!
            : throw new FormatException("These octets are not one whole block.");

    /// <summary>The serialisation that a node takes.</summary>
    /// <param name="withWitness">False leaves the witnesses out.</param>
    public byte[] ToOctets(bool withWitness = true)
    {
        ArrayBufferWriter<byte> writer = new();
        Header.CopyTo(writer.GetSpan(BlockHeader.Size));
        writer.Advance(BlockHeader.Size);
        CompactSize.Write(writer, (ulong)Transactions.Count);
        foreach (Transaction transaction in Transactions)
        {
            transaction.Write(writer, withWitness);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Weight units (BIP 141).</summary>
    public int Weight => (3 * ToOctets(withWitness: false).Length) + ToOctets().Length;
}
