using System.Globalization;
using System.Text;

namespace MicroFirmware.Dashboard.Parts;

/// <summary>Where the points of a chart are drawn: time to the right, values from zero up to a round number.</summary>
internal sealed class ChartPlot
{
    /// <summary>The drawing's width; it is stretched to its place.</summary>
    public const int Width = 1000;

    /// <summary>The drawing's height.</summary>
    public const int Height = 200;

    private const int Steps = 4;
    private const int MostTimes = 500;

    private readonly double _top;

    /// <summary>Measures the lines.</summary>
    public ChartPlot(IReadOnlyList<ChartLine> lines)
    {
        DateTimeOffset[] times = [.. lines.SelectMany(line => line.Points).Where(point => point.Value is not null)
            .Select(point => point.At).Distinct().Order()];
        IsEmpty = times.Length < 2;
        if (IsEmpty)
        {
            return;
        }

        (First, Last) = (times[0], times[^1]);
        Times = times.Length > MostTimes ? times[^MostTimes..] : times;
        _top = RoundUp(lines.Max(line => line.Most ?? 0));
    }

    /// <summary>There is no line to draw.</summary>
    public bool IsEmpty { get; }

    /// <summary>The time at the left edge.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The time at the right edge.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>Between the two.</summary>
    public DateTimeOffset Middle => First + ((Last - First) / 2);

    /// <summary>Times that have a value, the latest 500.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; } = [];

    /// <summary>Values of the scale, the greatest first.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, Steps + 1).Select(i => _top * (Steps - i) / Steps);

    /// <summary>Heights of the lines behind.</summary>
    public IEnumerable<string> Grid => Enumerable.Range(0, Steps + 1).Select(i => Text((double)Height * i / Steps));

    /// <summary>The line.</summary>
    public string PathOf(ChartLine line)
    {
        StringBuilder path = new();
        bool isOpen = false;
        foreach ((DateTimeOffset at, double? value) in line.Points)
        {
            if (value is { } known)
            {
                path.Append(isOpen ? 'L' : 'M').Append(X(at)).Append(' ').Append(Y(known));
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

    /// <summary>The next of 1, 2, 2.5, 4, 5, 8 and 10 times a power of ten: its quarters are short numbers.</summary>
    private static double RoundUp(double most)
    {
        if (most <= 0)
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * new[] { 1, 2, 4, 8, 10 }.First(step => step * power >= most * 0.999999);
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private string X(DateTimeOffset at) => Text(Width * ((at - First) / (Last - First)));

    private string Y(double value) => Text(Height * (1 - (value / _top)));
}
