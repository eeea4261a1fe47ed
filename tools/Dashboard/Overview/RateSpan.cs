namespace MicroFirmware.Dashboard.Overview;

/// <summary>A time that people look back on.</summary>
/// <param name="Key">How it stands in the address.</param>
/// <param name="Text">How it is read.</param>
/// <param name="Length">How long it is.</param>
public sealed record RateSpan(string Key, string Text, TimeSpan Length)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<RateSpan> All { get; } =
    [
        new("1h", "1 h", TimeSpan.FromHours(1)),
        new("24h", "24 h", TimeSpan.FromHours(24)),
        new("7d", "7 d", TimeSpan.FromDays(7)),
        new("90d", "90 d", TimeSpan.FromDays(90)),
    ];

    /// <summary>The one of this key, or the first.</summary>
    public static RateSpan Of(string? key) => All.FirstOrDefault(span => span.Key == key) ?? All[0];
}
