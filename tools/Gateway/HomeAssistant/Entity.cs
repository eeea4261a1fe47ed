namespace MicroFirmware.Gateway.HomeAssistant;

/// <summary>One figure of a board as Home Assistant shows it.</summary>
/// <param name="Key">The member of the JSON it comes from, and the last part of its id.</param>
/// <param name="Name">For people.</param>
/// <param name="IsProven">From the gateway's own report, not the board's telemetry.</param>
/// <param name="Unit">Unit of measurement, or null.</param>
/// <param name="Class">Home Assistant's device class, or null.</param>
/// <param name="StateClass">Whether it is drawn as a measurement or a growing total, or null.</param>
/// <param name="IsDiagnostic">Whether it stands apart from what the board is for.</param>
internal sealed record Entity(
    string Key,
    string Name,
    bool IsProven = false,
    string? Unit = null,
    string? Class = null,
    string? StateClass = null,
    bool IsDiagnostic = false)
{
    private const string Measurement = "measurement";
    private const string Total = "total_increasing";

    /// <summary>Every figure, in the order in which it is shown.</summary>
    public static IReadOnlyList<Entity> All { get; } =
    [
        new("state", "State"),
        new("hash_rate", "Proven hash rate", IsProven: true, Unit: "H/s", StateClass: Measurement),
        new("hash_rate", "Claimed hash rate", Unit: "H/s", StateClass: Measurement),
        new("accepted", "Accepted shares", IsProven: true, StateClass: Total),
        new("stale", "Late shares", IsProven: true, StateClass: Total),
        new("invalid", "Invalid shares", IsProven: true, StateClass: Total),
        new("best_difficulty", "Best difficulty", IsProven: true),
        new("temperature", "Temperature", Unit: "°C", Class: "temperature", StateClass: Measurement),
        new("cause", "Cause", IsDiagnostic: true),
        new("reset", "Last reset", IsDiagnostic: true),
        new("gateway", "Gateway", IsDiagnostic: true),
        new("scanner", "Scanner", IsDiagnostic: true),
        new("firmware", "Firmware", IsDiagnostic: true),
        new("release", "Release", IsDiagnostic: true),
        new("uptime_s", "Uptime", Unit: "s", Class: "duration", StateClass: Measurement, IsDiagnostic: true),
        new("boots", "Starts", StateClass: Total, IsDiagnostic: true),
        new("waiting", "Shares waiting", StateClass: Measurement, IsDiagnostic: true),
        new("dropped", "Shares dropped", StateClass: Total, IsDiagnostic: true),
        new("free_memory", "Free memory", Unit: "B", Class: "data_size", StateClass: Measurement, IsDiagnostic: true),
        new("rssi", "Signal", Unit: "dBm", Class: "signal_strength", StateClass: Measurement, IsDiagnostic: true),
    ];

    /// <summary>What sets it apart from the board's other figures.</summary>
    public string Id => IsProven ? $"proven_{Key}" : Key;
}
