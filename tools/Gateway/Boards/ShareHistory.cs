using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Boards;

/// <summary>
/// The last shares of a board. They are read from the table of shares, which is clustered by device and sequence: that
/// costs one search, no memory, and outlives a restart. Safe for use by many threads.
/// </summary>
internal sealed class ShareHistory(DataDirectory directory, DeviceRegistry registry) : IDisposable
{
    /// <summary>Most shares of an answer.</summary>
    public const int MaxShares = 100;

    private const string Query = """
        SELECT sequence, verdict, work, received_ms, job, nonce FROM shares WHERE device=?1
        AND sequence<?3 ORDER BY sequence DESC LIMIT ?2
        """;

    private readonly Lock _gate = new();
    private Database? _database;
    private Statement? _query;

    /// <summary>A board's last shares, newest first; none where there is no such board.</summary>
    /// <param name="id">The board.</param>
    /// <param name="count">How many at most, up to <see cref="MaxShares"/>.</param>
    /// <param name="before">Only those of a lower sequence number; null for all.</param>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public IReadOnlyList<ProvenShare> Last(string id, int count, long? before = null)
    {
        if (registry.Find(id) is not { } device)
        {
            return [];
        }

        List<ProvenShare> shares = [];
        lock (_gate)
        {
            _query ??= (_database = directory.Open()).Prepare(Query);
            _query.Bind(1, device.Number).Bind(2, Math.Clamp(count, 0, MaxShares))
                .Bind(3, before ?? long.MaxValue);
            while (_query.Read())
            {
                shares.Add(ShareOf(_query));
            }
        }

        return shares;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _database?.Dispose();
            (_database, _query) = (null, null);
        }
    }

    private static ProvenShare ShareOf(Statement row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
        (VerdictCode)row.Int64(1),
        (double)(ulong)row.Int64(2) / Target.DifficultyOneWork,
        (ulong)row.Int64(4),
        (uint)row.Int64(5),
        (ulong)row.Int64(0));
}
