namespace MicroFirmware.TimeSeries;

/// <summary>
/// What was measured in one minute, on its way to the store. Whatever is not said of a subject is a gap. Not safe for
/// use by several threads at once.
/// </summary>
/// <param name="minute">Any time in the minute.</param>
/// <param name="metrics">The store's metrics.</param>
public sealed class SeriesFrame(DateTimeOffset minute, IReadOnlyList<Metric> metrics)
{
    private readonly SortedDictionary<int, Segment> _chunks = [];
    private (int Chunk, Segment? Segment) _last = (-1, null);

    /// <summary>The minute's start.</summary>
    public DateTimeOffset Minute { get; } = DateTimeOffset.FromUnixTimeSeconds(
        Tier.Minute.PointOf(minute.ToUnixTimeSeconds()));

    /// <summary>The chunks that anything was said of, in rising order.</summary>
    internal IReadOnlyDictionary<int, Segment> Chunks => _chunks;

    /// <summary>Adds to what was counted of a subject, 0 included.</summary>
    /// <param name="subject">Who, from 0.</param>
    /// <param name="metric">What: a sum.</param>
    /// <param name="amount">How much.</param>
    public void Add(int subject, Metric metric, Int128 amount)
    {
        ref Aggregate cell = ref Cell(subject, metric, MetricKind.Sum);
        cell = Aggregate.Of(MetricKind.Sum, cell.Sum + amount);
    }

    /// <summary>Sets what was read off of a subject; the last reading of a minute is the minute's.</summary>
    /// <param name="subject">Who, from 0.</param>
    /// <param name="metric">What: a gauge.</param>
    /// <param name="value">The reading.</param>
    public void Set(int subject, Metric metric, long value) =>
        Cell(subject, metric, MetricKind.Gauge) = Aggregate.Of(MetricKind.Gauge, value);

    private ref Aggregate Cell(int subject, Metric metric, MetricKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subject);
        if (metric.Id >= metrics.Count || metrics[metric.Id] != metric || metric.Kind != kind)
        {
            throw new ArgumentException($"{metric.Name} is no {kind} of this store.", nameof(metric));
        }

        int chunk = subject / Segment.Subjects;
        if (chunk != _last.Chunk)
        {
            if (!_chunks.TryGetValue(chunk, out Segment? segment))
            {
                _chunks.Add(chunk, segment = new Segment(metrics.Count, 1));
            }

            _last = (chunk, segment);
        }

        return ref _last.Segment!.Column(subject % Segment.Subjects, metric.Id)[0];
    }
}
