using System.Globalization;

namespace MicroFirmware.Dashboard.Parts;

/// <summary>What the values of a chart are. The script reads the same, so that a value that one points at is written as
/// on the axis.</summary>
/// <param name="Symbol">The unit.</param>
/// <param name="IsScaled">Whether it takes prefixes of the SI.</param>
/// <param name="Less">What is taken off before it is written: charts begin at zero, a signal does not.</param>
public sealed record ChartUnit(string Symbol, bool IsScaled = false, double Less = 0)
{
    /// <summary>Hashes a second.</summary>
    public static ChartUnit HashRate { get; } = new("H/s", IsScaled: true);

    /// <summary>Octets.</summary>
    public static ChartUnit Octets { get; } = new("B", IsScaled: true);

    /// <summary>Degrees.</summary>
    public static ChartUnit Celsius { get; } = new("°C");

    /// <summary>The strength of a radio signal: -100 dBm is none, and where such a chart begins.</summary>
    public static ChartUnit Dbm { get; } = new("dBm", Less: 100);

    /// <summary>A value as text.</summary>
    public string Text(double value) => IsScaled ? Quantity.Scaled(value - Less, Symbol).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{value - Less:0.#} {Symbol}");
}
