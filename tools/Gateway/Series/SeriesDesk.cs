using MicroFirmware.Gateway.Devices;
using MicroFirmware.Storage;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Series;

/// <summary>
/// Charts of the fleet and of boards, as pages and the API draw them. Up to a minute behind; what is live comes from
/// the statistics.
/// </summary>
internal sealed class SeriesDesk(SeriesStore store, DeviceRegistry registry, TimeProvider time)
{
    /// <summary>A chart of the whole fleet, from some time ago until now.</summary>
    /// <param name="metric">One of <see cref="FleetMetrics"/>.</param>
    /// <param name="span">How far back.</param>
    /// <param name="maxPoints">The most points.</param>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public SeriesChart Fleet(Metric metric, TimeSpan span, int maxPoints) =>
        Read(FleetMetrics.Fleet, metric, span, maxPoints);

    /// <summary>A chart of one board or miner; null where there is none of this id.</summary>
    /// <param name="id">The device's id.</param>
    /// <param name="metric">One of <see cref="FleetMetrics"/>.</param>
    /// <param name="span">How far back.</param>
    /// <param name="maxPoints">The most points.</param>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public SeriesChart? Board(string id, Metric metric, TimeSpan span, int maxPoints) =>
        registry.Find(id) is { } device ? Read(device.Number, metric, span, maxPoints) : null;

    /// <summary>Hashes a second that credited shares of the fleet prove over some time until the last full minute:
    /// work divided by all of that time, whether anybody was connected or not. 0 before the first minute.</summary>
    public double ProvenRate(TimeSpan span)
    {
        Aggregate total = Fleet(FleetMetrics.Work, span, SeriesStore.MaxPoints).Total;
        return (double)total.Sum / span.TotalSeconds;
    }

    private SeriesChart Read(int subject, Metric metric, TimeSpan span, int maxPoints)
    {
        // Until the end of the minute, so that an hour has sixty minutes and not parts of sixty-one.
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset end = now.AddTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute));
        return store.Read(subject, metric, end - span, end, maxPoints);
    }
}
