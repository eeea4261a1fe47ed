using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>A header that goes upstream: it solves the block, or is a share that the pool takes.</summary>
/// <param name="Job">The job.</param>
/// <param name="Extranonce">What stands in the coinbase where it was open; a pool calls it extranonce2.</param>
/// <param name="Header">The whole header.</param>
public sealed record Solution(Job Job, ReadOnlyMemory<byte> Extranonce, BlockHeader Header)
{
    /// <summary>The block, where the job is of our own making.</summary>
    /// <exception cref="FormatException">The template holds octets that are no transaction.</exception>
    /// <exception cref="InvalidOperationException">The work is a pool's, who alone has the transactions.</exception>
    public Block ToBlock()
    {
        BlockTemplate template = Job.Template;
        if (template.Pool is not null)
        {
            throw new InvalidOperationException("A pool's work is no block that we could make.");
        }

        Transaction coinbase = Job.Coinbase.ToTransaction(Extranonce.Span, template.Witness);
        return new Block(Header, [coinbase, .. template.Transactions.Select(t => Transaction.Parse(t.Data))]);
    }
}
