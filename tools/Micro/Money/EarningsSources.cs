using System.Globalization;

namespace MicroFirmware.Micro.Money;

/// <summary>Numbers that something is reckoned from, each with where it is from.</summary>
internal sealed class EarningsSources
{
    private readonly List<(string Name, string Value, string Source)> _lines = [];

    /// <summary>A number that was given, or what is assumed instead.</summary>
    public decimal Take(
        string name, string unit, decimal? given, string givenSource, decimal assumed, string assumedSource)
    {
        decimal number = given ?? assumed;
        Say(name, $"{Text(number)} {unit}".TrimEnd(), given is null ? assumedSource : givenSource);
        return number;
    }

    /// <summary>A number that was given, or that it was not.</summary>
    public void Note(string name, decimal? given, string unit, string missing) =>
        Say(name, given is { } number ? $"{Text(number)} {unit}" : "-", given is null ? missing : "as given");

    /// <summary>Anything else.</summary>
    public void Say(string name, string value, string source) => _lines.Add((name, value, source));

    /// <summary>Writes them as a table.</summary>
    public void Print(TextWriter output)
    {
        int width = _lines.Max(line => line.Value.Length);
        foreach ((string name, string value, string source) in _lines)
        {
            output.WriteLine($"{name,-13}  {value.PadRight(width)}  {source}");
        }
    }

    private static string Text(decimal number) => number.ToString("#,0.############", CultureInfo.InvariantCulture);
}
