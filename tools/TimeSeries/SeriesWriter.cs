using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries;

/// <summary>
/// Appends minutes, and closes what is over: its points become a block, and one point of the next tier. All that
/// follows from a minute is in the minute's own transaction. Used by one thread at a time.
/// </summary>
internal sealed class SeriesWriter : IDisposable
{
    private readonly Database _database;
    private volatile SeriesRetention _retention;
    private readonly SegmentCodec _codec;
    private readonly OpenBlocks _open;
    private readonly Statement _insertPoint;
    private readonly Statement _findPoint;
    private readonly Statement _openChunks;
    private readonly Statement _clearPoints;
    private readonly Statement _insertBlock;
    private readonly Statement _forget;
    private readonly Segment[] _blocks;
    private readonly Segment _rolled;

    public SeriesWriter(Database database, IReadOnlyList<Metric> metrics, SeriesRetention retention)
    {
        (_database, _retention) = (database, retention);
        _codec = new SegmentCodec([.. metrics.Select(metric => metric.Kind)]);
        _open = new OpenBlocks(database);
        _insertPoint = database.Prepare("INSERT OR REPLACE INTO open_points VALUES(?1, ?2, ?3, ?4)");
        _findPoint = database.Prepare("SELECT data FROM open_points WHERE tier=?1 AND start=?2 AND chunk=?3");
        _openChunks = database.Prepare("SELECT DISTINCT chunk FROM open_points WHERE tier=?1 ORDER BY chunk");
        _clearPoints = database.Prepare("DELETE FROM open_points WHERE tier=?1");
        _insertBlock = database.Prepare("INSERT INTO blocks VALUES(?1, ?2, ?3, ?4)");
        _forget = database.Prepare("DELETE FROM blocks WHERE tier=?1 AND start < ?2");
        _blocks = [.. Tier.All.Select(tier => new Segment(metrics.Count, tier.BlockPoints))];
        _rolled = new Segment(metrics.Count, 1);
        _open.Load();
    }

    /// <summary>How long points are kept. Any thread may set it.</summary>
    public SeriesRetention Retention
    {
        get => _retention;
        set => _retention = value;
    }

    /// <summary>Writes a minute, all of it or nothing.</summary>
    /// <exception cref="StorageException">It is not written.</exception>
    public void Append(SeriesFrame frame) => InTransaction(() =>
    {
        // A clock that was set back must not reopen what is closed.
        long start = Math.Max(frame.Minute.ToUnixTimeSeconds(), _open[Tier.Minute] ?? long.MinValue);
        Advance(Tier.Minute, start);
        foreach ((int chunk, Segment point) in frame.Chunks)
        {
            Insert(start, chunk, point);
        }
    });

    /// <summary>Writes points of any tier that is empty from their time on: for those who bring a past with them.
    /// </summary>
    /// <param name="tier">The tier.</param>
    /// <param name="start">The points' time; later than all that is there.</param>
    /// <param name="chunks">Segments of one point.</param>
    /// <exception cref="StorageException">Nothing of it is written.</exception>
    public void Append(Tier tier, long start, IReadOnlyDictionary<int, Segment> chunks) => InTransaction(() =>
    {
        Advance(tier, start);
        foreach ((int chunk, Segment point) in chunks)
        {
            Store(_insertPoint, tier, start, chunk, point);
        }
    });

    public void Dispose() => _database.Dispose();

    private void InTransaction(Action write)
    {
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            write();
            _database.Execute("COMMIT");
        }
        catch
        {
            _database.Rollback();
            _open.Load();
            throw;
        }
    }

    /// <summary>A minute may come in parts, before and after a restart.</summary>
    private void Insert(long start, int chunk, Segment point)
    {
        if (_findPoint.Bind(1, Tier.Minute.Number).Bind(2, start).Bind(3, chunk).Read())
        {
            _rolled.Clear();
            _codec.Read(_findPoint.Blob(0), isRolled: false, _rolled, 0);
            _findPoint.Reset();
            Merge(_rolled, point);
            point = _rolled;
        }

        Store(_insertPoint, Tier.Minute, start, chunk, point);
    }

    private void Advance(Tier tier, long start)
    {
        long block = tier.BlockOf(start);
        if (_open[tier] is { } open && block > open)
        {
            Close(tier, open);
            long oldest = block - _retention.SecondsOf(tier);
            _forget.Bind(1, tier.Number).Bind(2, tier.BlockOf(oldest)).Run();
        }

        if (_open[tier] is null || block > _open[tier])
        {
            _open.Set(tier, block);
        }
    }

    private void Close(Tier tier, long block)
    {
        if (tier.Next is { } next)
        {
            Advance(next, block);
        }

        foreach (int chunk in OpenChunks(tier))
        {
            Segment segment = _blocks[tier.Number];
            segment.Clear();
            for (int i = 0; i < tier.BlockPoints; i++)
            {
                long start = block + (i * tier.UnitSeconds);
                if (_findPoint.Bind(1, tier.Number).Bind(2, start).Bind(3, chunk).Read())
                {
                    _codec.Read(_findPoint.Blob(0), tier.IsRolled, segment, i);
                    _findPoint.Reset();
                }
            }

            Store(_insertBlock, tier, block, chunk, segment);
            if (tier.Next is not null)
            {
                segment.RollInto(_rolled);
                Store(_insertPoint, tier.Next, block, chunk, _rolled);
            }
        }

        _clearPoints.Bind(1, tier.Number).Run();
    }

    private List<int> OpenChunks(Tier tier)
    {
        List<int> chunks = [];
        _openChunks.Bind(1, tier.Number);
        while (_openChunks.Read())
        {
            chunks.Add((int)_openChunks.Int64(0));
        }

        return chunks;
    }

    private void Store(Statement insert, Tier tier, long start, int chunk, Segment segment) => insert
        .Bind(1, tier.Number).Bind(2, start).Bind(3, chunk).Bind(4, _codec.Write(segment, tier.IsRolled)).Run();

    private void Merge(Segment earlier, Segment later)
    {
        for (int place = 0; place < Segment.Subjects; place++)
        {
            for (int metric = 0; metric < earlier.Metrics; metric++)
            {
                ref Aggregate first = ref earlier.Column(place, metric)[0];
                Aggregate second = later.Column(place, metric)[0];
                if (!second.IsGap)
                {
                    first = _codec.KindOf(metric) == MetricKind.Sum
                        ? Aggregate.Of(MetricKind.Sum, first.Sum + second.Sum)
                        : second;
                }
            }
        }
    }
}
