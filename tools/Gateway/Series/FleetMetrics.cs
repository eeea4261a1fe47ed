using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Series;

/// <summary>
/// What is kept over time of each board, and, as <see cref="Fleet"/>, of all of them. Of what does not add up the fleet
/// has the board that fares worst.
/// </summary>
public static class FleetMetrics
{
    /// <summary>The subject that is the whole fleet; boards have their numbers, from 1.</summary>
    public const int Fleet = 0;

    /// <summary>Credited work, in expected hashes: what a proven hash rate is made of.</summary>
    public static Metric Work { get; } = new(0, "work", MetricKind.Sum);

    /// <summary>Shares that were credited.</summary>
    public static Metric Accepted { get; } = new(1, "accepted", MetricKind.Sum);

    /// <summary>Shares that came too late.</summary>
    public static Metric Late { get; } = new(2, "late", MetricKind.Sum);

    /// <summary>Shares that were wrong in themselves.</summary>
    public static Metric Invalid { get; } = new(3, "invalid", MetricKind.Sum);

    /// <summary>Hashes a second as boards count them; of the fleet their sum.</summary>
    public static Metric ClaimedRate { get; } = new(4, "claimed_rate", MetricKind.Gauge);

    /// <summary>Degrees Celsius; of the fleet the hottest board's.</summary>
    public static Metric Temperature { get; } = new(5, "temperature", MetricKind.Gauge);

    /// <summary>Signal in dBm; of the fleet the weakest.</summary>
    public static Metric Signal { get; } = new(6, "signal", MetricKind.Gauge);

    /// <summary>Free memory in octets; of the fleet the least.</summary>
    public static Metric FreeMemory { get; } = new(7, "free_memory", MetricKind.Gauge);

    /// <summary>Of the fleet only: boards and miners that are connected.</summary>
    public static Metric Connected { get; } = new(8, "connected", MetricKind.Gauge);

    /// <summary>Of the fleet only: milliseconds that the active pool's last answer took; a gap where it says nothing.
    /// </summary>
    public static Metric UpstreamLatency { get; } = new(9, "upstream_latency", MetricKind.Gauge);

    /// <summary>All of them, in the order of their ids.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Work, Accepted, Late, Invalid, ClaimedRate, Temperature, Signal, FreeMemory, Connected, UpstreamLatency,
    ];

    /// <summary>The metric of this name; null for none.</summary>
    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);
}
