namespace MicroFirmware.TimeSeries;

/// <summary>How the points of a metric become one. The numbers are in the file.</summary>
public enum MetricKind
{
    /// <summary>Something that was counted: amounts are added up, exactly.</summary>
    Sum = 0,

    /// <summary>Something that was read off: count, sum, least and greatest are kept. A value has 63 bits and a sign.
    /// </summary>
    Gauge = 1,
}
