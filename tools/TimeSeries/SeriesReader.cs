using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries;

/// <summary>
/// Draws charts on a connection of its own. What a tier has not got yet, since it is not rolled up, comes from the
/// finer ones. Used by one thread at a time.
/// </summary>
internal sealed class SeriesReader : IDisposable
{
    private readonly Database _database;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly SegmentCodec _codec;
    private readonly OpenBlocks _open;
    private readonly Statement _oldestBlock;
    private readonly Statement _oldestPoint;
    private readonly Statement _findBlock;
    private readonly Statement _findPoint;
    private readonly Aggregate[] _column = new Aggregate[Tier.All.Max(tier => tier.BlockPoints)];

    public SeriesReader(Database database, IReadOnlyList<Metric> metrics)
    {
        (_database, _metrics) = (database, metrics);
        _codec = new SegmentCodec([.. metrics.Select(metric => metric.Kind)]);
        _open = new OpenBlocks(database);
        _oldestBlock = database.Prepare("SELECT start FROM blocks WHERE tier=?1 ORDER BY start LIMIT 1");
        _oldestPoint = database.Prepare("SELECT start FROM open_points WHERE tier=?1 ORDER BY start LIMIT 1");
        _findBlock = database.Prepare("SELECT data FROM blocks WHERE tier=?1 AND start=?2 AND chunk=?3");
        _findPoint = database.Prepare("SELECT data FROM open_points WHERE tier=?1 AND start=?2 AND chunk=?3");
    }

    /// <summary>Reads a chart, as it was at one moment.</summary>
    public SeriesChart Read(int subject, Metric metric, long from, long to, int maxPoints)
    {
        _database.Execute("BEGIN");
        try
        {
            _open.Load();
            Tier tier = Choose(ChartGrid.Over(from, to, maxPoints, Tier.Minute.UnitSeconds));
            ChartGrid grid = ChartGrid.Over(from, to, maxPoints, tier.UnitSeconds);
            Aggregate[] points = new Aggregate[grid.Count];
            Fill(points, grid, tier, new Series(subject, metric.Id));
            return new SeriesChart(_metrics[metric.Id], DateTimeOffset.FromUnixTimeSeconds(grid.First),
                TimeSpan.FromSeconds(grid.StepSeconds), points);
        }
        finally
        {
            _database.Rollback();
        }
    }

    public void Dispose() => _database.Dispose();

    /// <summary>The coarsest tier that is fine enough, or a coarser one where that goes back further.</summary>
    private Tier Choose(ChartGrid grid)
    {
        Tier tier = Tier.All.Last(t => grid.StepSeconds % t.UnitSeconds == 0);
        while (tier.Next is { } next && OldestOf(next) is { } older)
        {
            long oldest = OldestOf(tier) ?? long.MaxValue;
            if (oldest <= grid.First || older + next.UnitSeconds > oldest)
            {
                break;
            }

            tier = next;
        }

        return tier;
    }

    private void Fill(Aggregate[] points, ChartGrid grid, Tier coarsest, Series series)
    {
        long from = grid.First;
        for (Tier tier = coarsest; ; tier = Tier.All[tier.Number - 1])
        {
            // A tier has the points of the blocks that the finer one has closed.
            long to = tier.IsRolled ? _open[Tier.All[tier.Number - 1]] ?? grid.End : grid.End;
            to = Math.Min(to, grid.End);
            AddBlocks(points, grid, tier, series, from, to);
            AddOpenPoints(points, grid, tier, series, from, to);
            if (!tier.IsRolled)
            {
                return;
            }

            from = Math.Max(from, to);
        }
    }

    private void AddBlocks(Aggregate[] points, ChartGrid grid, Tier tier, Series series, long from, long to)
    {
        long first = tier.BlockOf(Math.Max(from, FirstRow(_oldestBlock, tier) ?? long.MaxValue - tier.BlockSeconds));
        long end = Math.Min(to, _open[tier] ?? long.MinValue);
        for (long block = first; block < end; block += tier.BlockSeconds)
        {
            if (!TryRead(_findBlock, tier, block, series, _column.AsSpan(0, tier.BlockPoints)))
            {
                continue;
            }

            for (int i = 0; i < tier.BlockPoints; i++)
            {
                Add(points, grid, block + (i * tier.UnitSeconds), from, to, _column[i]);
            }
        }
    }

    private void AddOpenPoints(Aggregate[] points, ChartGrid grid, Tier tier, Series series, long from, long to)
    {
        if (_open[tier] is not { } open)
        {
            return;
        }

        long end = Math.Min(to, open + tier.BlockSeconds);
        for (long start = Math.Max(open, tier.PointOf(from)); start < end; start += tier.UnitSeconds)
        {
            if (TryRead(_findPoint, tier, start, series, _column.AsSpan(0, 1)))
            {
                Add(points, grid, start, from, to, _column[0]);
            }
        }
    }

    private static void Add(Aggregate[] points, ChartGrid grid, long start, long from, long to, in Aggregate point)
    {
        if (start >= from && start < to)
        {
            ref Aggregate sum = ref points[(start - grid.First) / grid.StepSeconds];
            sum = sum.With(point);
        }
    }

    private bool TryRead(Statement find, Tier tier, long start, Series series, Span<Aggregate> column)
    {
        if (!find.Bind(1, tier.Number).Bind(2, start).Bind(3, series.Chunk).Read())
        {
            return false;
        }

        try
        {
            _codec.Read(find.Blob(0), tier.IsRolled, series.Place, series.Metric, column);
            return true;
        }
        finally
        {
            find.Reset();
        }
    }

    private long? OldestOf(Tier tier) => FirstRow(_oldestBlock, tier) ?? FirstRow(_oldestPoint, tier);

    private static long? FirstRow(Statement query, Tier tier)
    {
        long? start = query.Bind(1, tier.Number).Read() ? query.Int64(0) : null;
        query.Reset();
        return start;
    }

    /// <summary>A metric of a subject.</summary>
    private readonly record struct Series(int Subject, int Metric)
    {
        public int Chunk => Subject / Segment.Subjects;

        public int Place => Subject % Segment.Subjects;
    }
}
