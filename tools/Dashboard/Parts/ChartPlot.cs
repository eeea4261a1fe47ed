using System.Globalization;
using System.Text;

namespace MicroFirmware.Dashboard.Parts;

/// <summary>Where the points of a chart are drawn: all of the time that was asked for to the right, values from zero up
/// to a round number.</summary>
internal sealed class ChartPlot
{
    /// <summary>The drawing's width; it is stretched to its place.</summary>
    public const int Width = 1000;

    /// <summary>The drawing's height.</summary>
    public const int Height = 200;

    private const int Steps = 4;
    private const int MostTicks = 6;
    private const int MostTimes = 30;

    // What people count time in.
    private static readonly TimeSpan[] s_steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 7, 14, 28 }.Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>Measures the lines.</summary>
    public ChartPlot(IReadOnlyList<ChartLine> lines)
    {
        DateTimeOffset[] all = [.. lines.SelectMany(line => line.Points).Select(point => point.At).Distinct().Order()];
        IsEmpty = all.Length < 2 || lines.All(line => line.Most is null);
        if (IsEmpty)
        {
            return;
        }

        (First, Last) = (all[0], all[^1]);
        DateTimeOffset[] known = [.. lines.SelectMany(line => line.Points).Where(point => point.Value is not null)
            .Select(point => point.At).Distinct().Order()];
        int every = 1 + ((known.Length - 1) / MostTimes);
        Times = [.. known.Where((_, i) => (known.Length - 1 - i) % every == 0)];
        Top = RoundUp(lines.Max(line => line.Most ?? 0));
    }

    /// <summary>There is nothing to draw.</summary>
    public bool IsEmpty { get; }

    /// <summary>The time at the left edge.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The time at the right edge.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>The value at the upper edge.</summary>
    public double Top { get; }

    /// <summary>Times that have a value, evenly thinned out to <c>30</c>, the latest among them.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; } = [];

    /// <summary>Values of the scale, the greatest first.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, Steps + 1).Select(i => Top * (Steps - i) / Steps);

    /// <summary>Heights of the lines behind.</summary>
    public IEnumerable<string> Grid => Enumerable.Range(0, Steps + 1).Select(i => Text((double)Height * i / Steps));

    /// <summary>Round times, up to six: where they are, in percent of the width, and what is written there.</summary>
    public IEnumerable<(string Percent, string Word)> TimeTicks
    {
        get
        {
            TimeSpan step = s_steps.FirstOrDefault(step => (Last - First) / step <= MostTicks, s_steps[^1]);
            long first = (First.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks;
            for (DateTimeOffset at = new(first, TimeSpan.Zero); at <= Last; at += step)
            {
                bool isDay = step >= TimeSpan.FromDays(1) || at.TimeOfDay == TimeSpan.Zero;
                string word = at.ToString(isDay ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture);
                yield return (Text(100 * PartOf(at)) + "%", word);
            }
        }
    }

    /// <summary>The line; a gap is a gap, and a point between two gaps a dot.</summary>
    public string PathOf(ChartLine line)
    {
        StringBuilder path = new();
        bool isOpen = false;
        foreach ((DateTimeOffset at, double? value) in line.Points)
        {
            if (value is { } known)
            {
                path.Append(isOpen ? 'L' : 'M').Append(X(at)).Append(' ').Append(Y(known)).Append(isOpen ? "" : "h0");
            }

            isOpen = value is not null;
        }

        return path.ToString();
    }

    /// <summary>What is below the line.</summary>
    public string AreaOf(ChartLine line)
    {
        StringBuilder path = new();
        string? last = null;
        foreach ((DateTimeOffset at, double? value) in line.Points)
        {
            if (value is { } known)
            {
                path.Append(last is null ? $"M{X(at)} {Height}L" : "L").Append(X(at)).Append(' ').Append(Y(known));
                last = X(at);
            }
            else if (last is not null)
            {
                path.Append($"L{last} {Height}Z");
                last = null;
            }
        }

        return last is null ? path.ToString() : path.Append($"L{last} {Height}Z").ToString();
    }

    /// <summary>The next of 1, 2, 4, 8 and 10 times a power of ten: its quarters are short numbers.</summary>
    private static double RoundUp(double most)
    {
        if (most <= 0)
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * new[] { 1, 2, 4, 8, 10 }.First(step => step * power >= most * 0.999999);
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private double PartOf(DateTimeOffset at) => (at - First) / (Last - First);

    private string X(DateTimeOffset at) => Text(Width * PartOf(at));

    private string Y(double value) => Text(Height * (1 - (value / Top)));
}
