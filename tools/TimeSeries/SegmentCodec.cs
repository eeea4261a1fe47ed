namespace MicroFirmware.TimeSeries;

/// <summary>
/// A segment as octets. Numbers are varints but for the first octet:
/// <code>
/// octet 0   layout: 1
/// number    points, 1 to 64
/// then for each subject that has any, in rising order:
/// number    its place in the chunk, 0 to 31
/// number    octets of the record that follows
/// record    mask of the metrics in it, bit 0 the first
///           mask of those of them that have gaps
///           for each metric in it, in rising order: where it has gaps, a mask of its points that are none;
///           its column, see ColumnCodec
/// </code>
/// </summary>
/// <param name="kinds">The metrics' kinds, in their order. Octets may hold fewer metrics, never more.</param>
internal sealed class SegmentCodec(MetricKind[] kinds)
{
    private const byte Layout = 1;
    private const int MostPoints = 64;

    private readonly OctetWriter _segment = new();
    private readonly OctetWriter _record = new();
    private readonly Aggregate[] _passedOver = new Aggregate[MostPoints];

    public MetricKind KindOf(int metric) => kinds[metric];

    /// <summary>The octets, valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(Segment segment, bool isRolled)
    {
        _segment.Clear();
        _segment.Octets([Layout]);
        _segment.Unsigned((uint)segment.Points);
        for (int place = 0; place < Segment.Subjects; place++)
        {
            if (WriteRecord(segment, place, isRolled))
            {
                _segment.Unsigned((uint)place);
                _segment.Unsigned((uint)_record.Length);
                _segment.Octets(_record.Written);
            }
        }

        return _segment.Written;
    }

    /// <summary>Reads all of a segment to a place in a larger one, which is empty there.</summary>
    /// <exception cref="InvalidDataException">The octets are no segment, or do not fit.</exception>
    public void Read(ReadOnlySpan<byte> octets, bool isRolled, Segment into, int at)
    {
        OctetReader reader = Open(octets, out int points);
        if (points > into.Points - at)
        {
            throw OctetReader.Damaged();
        }

        while (!reader.IsAtEnd)
        {
            int place = reader.Count(Segment.Subjects - 1);
            OctetReader record = new(reader.Octets(reader.Count(octets.Length)));
            RecordMasks masks = ReadMasks(ref record, points);
            for (int metric = 0; metric < into.Metrics; metric++)
            {
                if (masks.Has(metric))
                {
                    ulong present = masks.PresentOf(metric, ref record);
                    Span<Aggregate> column = into.Column(place, metric).Slice(at, points);
                    ColumnCodec.Read(ref record, column, present, kinds[metric], isRolled);
                }
            }
        }
    }

    /// <summary>Reads one column of one subject.</summary>
    /// <param name="octets">The segment.</param>
    /// <param name="isRolled">Whether its points were rolled up.</param>
    /// <param name="place">The subject's place.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="column">Filled as far as the segment goes; gaps where it has nothing.</param>
    /// <exception cref="InvalidDataException">The octets are no segment, or do not fit.</exception>
    public void Read(ReadOnlySpan<byte> octets, bool isRolled, int place, int metric, Span<Aggregate> column)
    {
        column.Clear();
        OctetReader reader = Open(octets, out int points);
        int found = -1;
        while (!reader.IsAtEnd && found < place)
        {
            found = reader.Count(Segment.Subjects - 1);
            OctetReader record = new(reader.Octets(reader.Count(octets.Length)));
            if (found == place)
            {
                ReadColumn(ref record, points, isRolled, metric, column[..points]);
            }
        }
    }

    private bool WriteRecord(Segment segment, int place, bool isRolled)
    {
        uint has = 0;
        uint gaps = 0;
        for (int metric = 0; metric < segment.Metrics; metric++)
        {
            ulong present = PresentIn(segment.Column(place, metric));
            has |= present == 0 ? 0 : 1u << metric;
            gaps |= present == 0 || present == Full(segment.Points) ? 0 : 1u << metric;
        }

        _record.Clear();
        _record.Unsigned(has);
        _record.Unsigned(gaps);
        for (int metric = 0; metric < segment.Metrics; metric++)
        {
            ReadOnlySpan<Aggregate> column = segment.Column(place, metric);
            if ((gaps >> metric & 1) != 0)
            {
                _record.Unsigned(PresentIn(column));
            }

            ColumnCodec.Write(_record, (has >> metric & 1) != 0 ? column : [], kinds[metric], isRolled);
        }

        return has != 0;
    }

    private void ReadColumn(ref OctetReader record, int points, bool isRolled, int metric, Span<Aggregate> column)
    {
        RecordMasks masks = ReadMasks(ref record, points);
        if (!masks.Has(metric))
        {
            return;
        }

        for (int before = 0; before <= metric; before++)
        {
            if (masks.Has(before))
            {
                ulong present = masks.PresentOf(before, ref record);
                Span<Aggregate> into = before == metric ? column : _passedOver.AsSpan(0, points);
                ColumnCodec.Read(ref record, into, present, kinds[before], isRolled);
            }
        }
    }

    private static OctetReader Open(ReadOnlySpan<byte> octets, out int points)
    {
        OctetReader reader = new(octets);
        int layout = reader.Count(byte.MaxValue);
        points = reader.Count(MostPoints);
        return layout == Layout && points > 0 ? reader : throw OctetReader.Damaged();
    }

    private RecordMasks ReadMasks(ref OctetReader record, int points)
    {
        UInt128 has = record.Unsigned();
        UInt128 gaps = record.Unsigned();
        return has >> kinds.Length == 0
            ? new RecordMasks((uint)has, (uint)gaps, Full(points))
            : throw OctetReader.Damaged();
    }

    private static ulong PresentIn(ReadOnlySpan<Aggregate> column)
    {
        ulong present = 0;
        for (int i = 0; i < column.Length; i++)
        {
            present |= column[i].IsGap ? 0 : 1ul << i;
        }

        return present;
    }

    private static ulong Full(int points) => ulong.MaxValue >> (MostPoints - points);

    /// <summary>What a record says of its metrics before their columns.</summary>
    private readonly record struct RecordMasks(uint Present, uint Gaps, ulong Full)
    {
        public bool Has(int metric) => (Present >> metric & 1) != 0;

        /// <summary>Which of a metric's points are there; to be asked in order.</summary>
        public ulong PresentOf(int metric, ref OctetReader record) =>
            (Gaps >> metric & 1) == 0 ? Full : (ulong)record.Unsigned() & Full;
    }
}
