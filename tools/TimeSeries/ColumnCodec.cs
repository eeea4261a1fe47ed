namespace MicroFirmware.TimeSeries;

/// <summary>
/// The points of one metric as octets, without the gaps, which the caller tells:
/// <code>
/// lanes     a minute: values. Rolled up, a sum: counts, sums. Rolled up, a gauge: counts, sums, least, spans.
/// lane      differences from one value to the next, the first from 0, signed varints;
///           a difference of 0 is followed by the number of further ones, an unsigned varint
/// </code>
/// A span is the greatest value less the least.
/// </summary>
internal static class ColumnCodec
{
    private const int Counts = 0;
    private const int Sums = 1;
    private const int Least = 2;
    private const int Spans = 3;

    /// <summary>Writes the points that are no gaps.</summary>
    public static void Write(OctetWriter writer, ReadOnlySpan<Aggregate> column, MetricKind kind, bool isRolled)
    {
        (int first, int last) = LanesOf(kind, isRolled);
        for (int lane = first; lane <= last; lane++)
        {
            WriteLane(writer, column, lane);
        }
    }

    /// <summary>Reads as many points as are no gaps.</summary>
    /// <param name="reader">Stands behind the column afterwards.</param>
    /// <param name="column">Filled, gaps too.</param>
    /// <param name="present">A bit for each point, the first in the least significant.</param>
    /// <param name="kind">The metric's.</param>
    /// <param name="isRolled">Whether the points were rolled up.</param>
    /// <exception cref="InvalidDataException">The octets are no column of this shape.</exception>
    public static void Read(
        ref OctetReader reader, Span<Aggregate> column, ulong present, MetricKind kind, bool isRolled)
    {
        column.Clear();
        (int first, int last) = LanesOf(kind, isRolled);
        for (int lane = first; lane <= last; lane++)
        {
            ReadLane(ref reader, column, present, lane);
        }

        if (!isRolled)
        {
            Complete(column, present, kind);
        }
    }

    private static (int First, int Last) LanesOf(MetricKind kind, bool isRolled) =>
        !isRolled ? (Sums, Sums) : kind == MetricKind.Sum ? (Counts, Sums) : (Counts, Spans);

    private static void WriteLane(OctetWriter writer, ReadOnlySpan<Aggregate> column, int lane)
    {
        Int128 last = 0;
        uint same = 0;
        foreach (ref readonly Aggregate point in column)
        {
            if (point.IsGap)
            {
                continue;
            }

            Int128 value = Get(point, lane);
            if (value == last)
            {
                same++;
                continue;
            }

            WriteSame(writer, ref same);
            writer.Signed(value - last);
            last = value;
        }

        WriteSame(writer, ref same);
    }

    private static void WriteSame(OctetWriter writer, ref uint same)
    {
        if (same > 0)
        {
            writer.Unsigned(0);
            writer.Unsigned(same - 1);
            same = 0;
        }
    }

    private static void ReadLane(ref OctetReader reader, Span<Aggregate> column, ulong present, int lane)
    {
        Int128 value = 0;
        int same = 0;
        for (int i = 0; i < column.Length; i++)
        {
            if ((present >> i & 1) == 0)
            {
                continue;
            }

            if (same > 0)
            {
                same--;
            }
            else
            {
                Int128 difference = reader.Signed();
                value += difference;
                same = difference == 0 ? reader.Count(column.Length) : 0;
            }

            Set(ref column[i], lane, value);
        }

        if (same > 0)
        {
            throw OctetReader.Damaged();
        }
    }

    private static Int128 Get(in Aggregate point, int lane) => lane switch
    {
        Counts => point.Count,
        Sums => point.Sum,
        Least => point.Min,
        _ => (Int128)point.Max - point.Min,
    };

    private static void Set(ref Aggregate point, int lane, Int128 value) => point = lane switch
    {
        Counts => point with { Count = (int)value },
        Sums => point with { Sum = value },
        Least => point with { Min = (long)value },
        _ => point with { Max = (long)(point.Min + value) },
    };

    private static void Complete(Span<Aggregate> column, ulong present, MetricKind kind)
    {
        for (int i = 0; i < column.Length; i++)
        {
            if ((present >> i & 1) != 0)
            {
                column[i] = Aggregate.Of(kind, column[i].Sum);
            }
        }
    }
}
