using System.Globalization;

namespace MicroFirmware.Dashboard.Parts;

/// <summary>A number as people read it, apart from its unit: three digits that count, thousands in groups.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; empty for a mere count.</param>
public readonly record struct Quantity(string Value, string Unit = "")
{
    private const double Thousand = 1000;
    private static readonly string[] s_prefixes = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];

    /// <summary>What is not known.</summary>
    public static Quantity None { get; } = new("–");

    /// <summary>Hashes a second.</summary>
    public static Quantity HashRate(double? hashesPerSecond) =>
        hashesPerSecond is { } rate ? Scaled(rate, "H/s") : None;

    /// <summary>A difficulty; those below one as they are.</summary>
    public static Quantity Difficulty(double? difficulty) => difficulty switch
    {
        null or 0 => None,
        < Thousand => new Quantity(Three(difficulty.Value)),
        _ => Scaled(difficulty.Value, ""),
    };

    /// <summary>A count, in full.</summary>
    public static Quantity Count(long count) => new(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A count of something: <c>1 board</c>, <c>2 boards</c>.</summary>
    public static Quantity Count(long count, string one, string many) => Count(count) with
    {
        Unit = count == 1 ? one : many,
    };

    /// <summary>Milliseconds that something took.</summary>
    public static Quantity Latency(double? ms) => ms is { } known ? new Quantity(Three(known), "ms") : None;

    /// <summary>A span of time, in the largest unit that is whole: <c>12 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 d</c>.
    /// </summary>
    public static Quantity Span(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromMinutes(1) => new Quantity(Whole(span.TotalSeconds), "s"),
        _ when span < TimeSpan.FromHours(1) => new Quantity(Whole(span.TotalMinutes), "min"),
        _ when span < TimeSpan.FromDays(2) => new Quantity(Whole(span.TotalHours), "h"),
        _ => new Quantity(Whole(span.TotalDays), "d"),
    };

    /// <summary>A number with a prefix of the SI.</summary>
    public static Quantity Scaled(double number, string unit)
    {
        int step = 0;
        while (Math.Abs(number) >= 999.5 && step < s_prefixes.Length - 1)
        {
            number /= Thousand;
            step++;
        }

        return new Quantity(Three(number), s_prefixes[step] + unit);
    }

    /// <inheritdoc/>
    public override string ToString() => Unit.Length == 0 ? Value : $"{Value} {Unit}";

    private static string Whole(double number) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);

    private static string Three(double number) => Math.Abs(number) switch
    {
        0 => "0",
        >= 99.95 => number.ToString("N0", CultureInfo.InvariantCulture),
        >= 9.995 => number.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.9995 => number.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.000001 => Math.Round(number, 2 - (int)Math.Floor(Math.Log10(Math.Abs(number))))
            .ToString("0.########", CultureInfo.InvariantCulture),
        _ => number.ToString("0.##e-0", CultureInfo.InvariantCulture),
    };
}
