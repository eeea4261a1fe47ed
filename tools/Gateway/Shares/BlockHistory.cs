using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Shares;

/// <summary>Blocks that shares have solved, as they stand in the store. Safe for use by many threads.</summary>
/// <remarks>Not here: whether the chain has dropped a block that its upstream took; nobody asks for that.</remarks>
internal sealed class BlockHistory(DataDirectory directory, Journal journal) : IDisposable
{
    private const string Query = """
        SELECT blocks.rowid, hash, height, name, found_ms, state, reason FROM blocks JOIN devices ON id = device
        WHERE blocks.rowid<?1 ORDER BY blocks.rowid DESC LIMIT ?2
        """;

    private readonly Lock _gate = new();
    private Database? _database;
    private Statement? _query;

    /// <summary>Blocks, the newest first.</summary>
    /// <param name="before">Only those of a lower number; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public IReadOnlyList<StoredBlock> Page(long? before, int count)
    {
        List<StoredBlock> blocks = [];
        lock (_gate)
        {
            _query ??= (_database = directory.Open()).Prepare(Query);
            _query.Bind(1, before ?? long.MaxValue).Bind(2, count);
            while (_query.Read())
            {
                blocks.Add(BlockOf(_query));
            }
        }

        return blocks;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _database?.Dispose();
            (_database, _query) = (null, null);
        }
    }

    private StoredBlock BlockOf(Statement row)
    {
        string hash = new Hash256(row.Blob(1)).ToString();
        FoundBlock block = new(
            (int)row.Int64(2), hash, row.Text(3), (BlockState)row.Int64(5), row.Text(6));
        return new StoredBlock(row.Int64(0), block, DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(4)),
            journal.Contains(Bookings.BlockKey(hash)));
    }
}
