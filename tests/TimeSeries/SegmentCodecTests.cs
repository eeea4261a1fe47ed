namespace MicroFirmware.TimeSeries.Tests;

public sealed class SegmentCodecTests
{
    private static readonly MetricKind[] s_kinds = [MetricKind.Sum, MetricKind.Gauge];

    [Fact]
    public void Minutes_with_a_gap_are_these_octets()
    {
        Segment segment = new(2, 3);
        segment.Column(5, 0)[0] = Aggregate.Of(MetricKind.Sum, 300);
        segment.Column(5, 0)[1] = Aggregate.Of(MetricKind.Sum, 300);
        segment.Column(5, 0)[2] = Aggregate.Of(MetricKind.Sum, 299);
        segment.Column(5, 1)[0] = Aggregate.Of(MetricKind.Gauge, -40);
        segment.Column(5, 1)[2] = Aggregate.Of(MetricKind.Gauge, -40);

        byte[] octets = new SegmentCodec(s_kinds).Write(segment, isRolled: false).ToArray();

        // Layout, points; place, length; masks; 300, one the same, -1; mask of 0 and 2; -40, one the same.
        Assert.Equal("0103" + "050B" + "0302" + "D804000001" + "05" + "4F0000", Convert.ToHexString(octets));
        AssertReads(octets, isRolled: false, segment);
    }

    [Fact]
    public void Rolled_points_are_these_octets()
    {
        Segment segment = new(2, 1);
        segment.Column(0, 0)[0] = new Aggregate(60, 6_000, 0, 0);
        segment.Column(31, 1)[0] = new Aggregate(2, 90, 40, 50);

        byte[] octets = new SegmentCodec(s_kinds).Write(segment, isRolled: true).ToArray();

        // A sum: 60 counted, 6,000. A gauge: 2 counted, 90 in sum, 40 the least, a span of 10.
        Assert.Equal("010100050100" + "78E05D" + "1F07020004B4015014", Convert.ToHexString(octets));
        AssertReads(octets, isRolled: true, segment);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(60, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    public void Anything_comes_back_as_it_was(int points, bool isRolled)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Segment segment = Random(new Random(seed), points, isRolled);
            AssertReads(new SegmentCodec(s_kinds).Write(segment, isRolled).ToArray(), isRolled, segment);
        }
    }

    [Fact]
    public void A_cut_segment_is_damaged_or_reads_less_and_never_past_its_end()
    {
        SegmentCodec codec = new(s_kinds);
        byte[] octets = codec.Write(Random(new Random(1), 24, isRolled: true), isRolled: true).ToArray();
        int whole = 0;
        for (int length = 0; length < octets.Length; length++)
        {
            try
            {
                codec.Read(octets.AsSpan(0, length), isRolled: true, new Segment(2, 24), 0);
                whole++;
            }
            catch (InvalidDataException)
            {
            }
        }

        // Only between two records it is a segment of fewer subjects.
        Assert.InRange(whole, 1, Segment.Subjects);
    }

    [Fact]
    public void Noise_is_refused_without_any_other_exception()
    {
        SegmentCodec codec = new(s_kinds);
        Random random = new(7);
        byte[] good = codec.Write(Random(random, 24, isRolled: true), isRolled: true).ToArray();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] octets = [.. good];
            octets[random.Next(octets.Length)] = (byte)random.Next(256);
            try
            {
                codec.Read(octets, isRolled: true, new Segment(2, 24), 0);
                codec.Read(octets, isRolled: true, 3, 1, new Aggregate[64]);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void More_points_than_there_is_room_for_are_refused()
    {
        SegmentCodec codec = new(s_kinds);
        byte[] octets = codec.Write(Random(new Random(2), 24, isRolled: true), isRolled: true).ToArray();

        Assert.Throws<InvalidDataException>(() => codec.Read(octets, isRolled: true, new Segment(2, 23), 0));
        Assert.Throws<InvalidDataException>(() => codec.Read(octets, isRolled: true, new Segment(2, 24), 1));
    }

    private static Segment Random(Random random, int points, bool isRolled)
    {
        Segment segment = new(s_kinds.Length, points);
        for (int place = 0; place < Segment.Subjects; place += random.Next(1, 5))
        {
            for (int metric = 0; metric < s_kinds.Length; metric++)
            {
                foreach (ref Aggregate point in segment.Column(place, metric))
                {
                    point = random.Next(8) == 0 ? default : Random(random, s_kinds[metric], isRolled);
                }
            }
        }

        return segment;
    }

    private static Aggregate Random(Random random, MetricKind kind, bool isRolled)
    {
        Int128 sum = random.Next(4) switch
        {
            0 => 0,
            1 => Int128.MaxValue,
            _ => random.NextInt64(),
        };
        return (isRolled, kind) switch
        {
            (false, MetricKind.Sum) => Aggregate.Of(kind, sum),
            (false, _) => Aggregate.Of(kind, random.Next(2) == 0 ? long.MinValue : random.NextInt64()),
            (true, MetricKind.Sum) => new Aggregate(random.Next(1, 1_440), sum, 0, 0),
            _ => new Aggregate(random.Next(1, 1_440), sum, random.Next(2) == 0 ? long.MinValue : -5, long.MaxValue),
        };
    }

    private static void AssertReads(byte[] octets, bool isRolled, Segment expected)
    {
        SegmentCodec codec = new(s_kinds);
        Segment all = new(s_kinds.Length, expected.Points);
        codec.Read(octets, isRolled, all, 0);
        Aggregate[] one = new Aggregate[expected.Points];
        for (int place = 0; place < Segment.Subjects; place++)
        {
            for (int metric = 0; metric < s_kinds.Length; metric++)
            {
                Assert.Equal(expected.Column(place, metric).ToArray(), all.Column(place, metric).ToArray());
                codec.Read(octets, isRolled, place, metric, one);
                Assert.Equal(expected.Column(place, metric).ToArray(), one);
            }
        }
    }
}
