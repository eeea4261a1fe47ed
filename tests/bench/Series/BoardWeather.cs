using MicroFirmware.TimeSeries;
using static MicroFirmware.Gateway.Series.FleetMetrics;

namespace MicroFirmware.Bench.Series;

/// <summary>
/// What a board might measure: rates from a stock image's to a memory engine's, a share about every 25 s, temperature
/// and signal that wander, memory that is never twice the same. One board in forty is away at any time.
/// </summary>
internal sealed class BoardWeather(Random random)
{
    private const double ShareSeconds = 25;
    private static readonly int[] s_rates = [200, 18_000, 45_000, 180_000, 355_000];

    /// <summary>A minute of one board.</summary>
    public void AddMinute(SeriesFrame frame, int board)
    {
        if (IsAway())
        {
            return;
        }

        int rate = s_rates[board % s_rates.Length];
        int shares = Around(60 / ShareSeconds);
        frame.Add(board, Work, (Int128)shares * WorkOf(rate));
        frame.Add(board, Accepted, shares);
        frame.Add(board, Late, Rarely());
        frame.Add(board, Invalid, 0);
        frame.Set(board, ClaimedRate, rate + random.Next(-rate / 100, (rate / 100) + 1));
        frame.Set(board, Temperature, 40 + (board % 20) + random.Next(3));
        frame.Set(board, Signal, -50 - (board % 35) - random.Next(4));
        frame.Set(board, FreeMemory, 90_000 + random.Next(8_000));
    }

    /// <summary>An hour of one board, as its minutes would have come to.</summary>
    public void AddHour(Segment hour, int place, int board)
    {
        if (IsAway())
        {
            return;
        }

        int rate = s_rates[board % s_rates.Length];
        int shares = Around(3_600 / ShareSeconds);
        Sum(Work, (Int128)shares * WorkOf(rate));
        Sum(Accepted, shares);
        Sum(Late, Rarely());
        Sum(Invalid, 0);
        Gauge(ClaimedRate, rate, Math.Max(1, rate / 100));
        Gauge(Temperature, 41 + (board % 20), 2);
        Gauge(Signal, -52 - (board % 35), 4);
        Gauge(FreeMemory, 94_000, 4_000);

        void Sum(Metric metric, Int128 amount) =>
            hour.Column(place, metric.Id)[0] = new Aggregate(60, amount, 0, 0);

        void Gauge(Metric metric, int mean, int spread)
        {
            int least = mean - random.Next(spread);
            int greatest = mean + random.Next(spread);
            hour.Column(place, metric.Id)[0] = new Aggregate(
                60, (60L * mean) + random.Next(-10 * spread, 10 * spread), least, greatest);
        }
    }

    private static long WorkOf(int rate) => (long)(rate * ShareSeconds);

    private bool IsAway() => random.Next(40) == 0;

    private int Rarely() => random.Next(50) == 0 ? 1 : 0;

    /// <summary>As many as come by chance where so many are expected; nearly Poisson's.</summary>
    private int Around(double expected)
    {
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            sum += random.NextDouble() - 0.5;
        }

        return Math.Max(0, (int)Math.Round(expected + (sum * Math.Sqrt(expected * 3))));
    }
}
