using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries;

/// <summary>
/// Metrics of subjects over time, in one SQLite file of bounded size: minutes, and hours and days made of them. Safe
/// for use by many threads; a chart does not wait for a minute that is being written.
/// </summary>
public sealed class SeriesStore : IDisposable
{
    /// <summary>The most points that a chart may have.</summary>
    public const int MaxPoints = 10_000;

    private readonly SeriesWriter _writer;
    private readonly SeriesReader _reader;
    private readonly Lock _writing = new();
    private readonly Lock _reading = new();

    private SeriesStore(IReadOnlyList<Metric> metrics, SeriesWriter writer, SeriesReader reader) =>
        (Metrics, _writer, _reader) = (metrics, writer, reader);

    /// <summary>What is measured, in the order of their ids.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>How long points are kept. What is older than a shorter one goes when the next hour is closed.</summary>
    public SeriesRetention Retention
    {
        get => _writer.Retention;
        set => _writer.Retention = value;
    }

    /// <summary>What writes, for those who bring a past with them.</summary>
    internal SeriesWriter Writer => _writer;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metrics">What is measured: ids from 0 on, in order. Later versions may add some at the end.</param>
    /// <param name="retention">How long points are kept.</param>
    /// <exception cref="StorageException">The file cannot be opened, is locked or damaged.</exception>
    /// <exception cref="InvalidDataException">Another version wrote the file; the message says what to do.</exception>
    public static SeriesStore Open(string path, IReadOnlyList<Metric> metrics, SeriesRetention retention)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(metrics.Count, Metric.MaxMetrics);
        Database writing = Database.Open(path);
        Database? reading = null;
        try
        {
            SeriesSchema.Prepare(writing, metrics);
            SeriesWriter writer = new(writing, metrics, retention);
            reading = Database.Open(path);
            return new SeriesStore(metrics, writer, new SeriesReader(reading, metrics));
        }
        catch
        {
            reading?.Dispose();
            writing.Dispose();
            throw;
        }
    }

    /// <summary>A minute for this store, with nothing in it yet.</summary>
    /// <param name="time">Any time in it.</param>
    public SeriesFrame NewFrame(DateTimeOffset time) => new(time, Metrics);

    /// <summary>Writes a minute and returns when it is on the disk, all of it or nothing. A minute that is there is
    /// added to: sums are added up, of gauges the later value stands. One before the open hour is booked on that hour's
    /// first minute.</summary>
    /// <exception cref="StorageException">It is not written; the message says what to do.</exception>
    public void Append(SeriesFrame frame)
    {
        lock (_writing)
        {
            _writer.Append(frame);
        }
    }

    /// <summary>A chart at the finest resolution that is kept for its time and has no more points than wanted.
    /// </summary>
    /// <param name="subject">Of whom, from 0.</param>
    /// <param name="metric">Of what.</param>
    /// <param name="from">Its start; the first point may start earlier, as points are whole and aligned.</param>
    /// <param name="to">Its end, exclusive.</param>
    /// <param name="maxPoints">The most points, 1 to 10,000.</param>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SeriesChart Read(int subject, Metric metric, DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPoints, MaxPoints);
        long end = (to.ToUnixTimeMilliseconds() + 999) / 1_000;
        lock (_reading)
        {
            return _reader.Read(subject, metric, from.ToUnixTimeSeconds(), end, maxPoints);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_reading)
        {
            _reader.Dispose();
        }

        lock (_writing)
        {
            _writer.Dispose();
        }
    }
}
