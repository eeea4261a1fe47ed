namespace MicroFirmware.TimeSeries;

/// <summary>Some points, one after the other, of every metric of a chunk's subjects. Not yet, or no longer, octets.
/// </summary>
/// <param name="metrics">How many metrics there are.</param>
/// <param name="points">How many points, at most 64.</param>
internal sealed class Segment(int metrics, int points)
{
    /// <summary>Subjects in a chunk. More make rows that are cheaper to write, fewer ones that are cheaper to read.
    /// </summary>
    public const int Subjects = 32;

    private readonly Aggregate[] _cells = new Aggregate[Subjects * metrics * points];

    public int Metrics => metrics;

    public int Points => points;

    /// <summary>The points of one metric of the subject at one place.</summary>
    public Span<Aggregate> Column(int place, int metric) =>
        _cells.AsSpan(((place * metrics) + metric) * points, points);

    public void Clear() => Array.Clear(_cells);

    /// <summary>Each column as one point.</summary>
    /// <param name="rolled">A segment of one point.</param>
    public void RollInto(Segment rolled)
    {
        for (int place = 0; place < Subjects; place++)
        {
            for (int metric = 0; metric < metrics; metric++)
            {
                Aggregate all = default;
                foreach (ref readonly Aggregate point in Column(place, metric))
                {
                    all = all.With(point);
                }

                rolled.Column(place, metric)[0] = all;
            }
        }
    }
}
