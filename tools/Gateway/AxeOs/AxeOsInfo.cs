using System.Reflection;
using System.Text.Json.Serialization;

namespace MicroFirmware.Gateway.AxeOs;

/// <summary>
/// A miner as AxeOS describes itself in <c>GET /api/system/info</c> (ESP-Miner, <c>main/http_server/openapi.yaml</c>),
/// so that programs made for a Bitaxe can read it. Member names and units are theirs: rates in GH/s, 0 and 1 for no and
/// yes. What nobody measures here, such as power and the voltage of a core, is null rather than absent: a program that
/// looks for it finds it empty. Settings of AxeOS's own hardware (fan, display, frequency) are left out.
/// </summary>
internal sealed record AxeOsInfo
{
    /// <summary>The gateway's version.</summary>
    public static string Release { get; } = typeof(AxeOsInfo).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What people call it.</summary>
    public required string Hostname { get; init; }

    /// <summary>Its chip.</summary>
    [JsonPropertyName("ASICModel")]
    public required string AsicModel { get; init; }

    /// <summary>How many chips mine.</summary>
    public required int AsicCount { get; init; }

    /// <summary>Its kind; the gateway as a whole is <c>gateway</c>.</summary>
    public required string BoardVersion { get; init; }

    /// <summary>Its firmware; the gateway's own of all together.</summary>
    public required string? Version { get; init; }

    /// <summary>What answers: this gateway.</summary>
    [JsonPropertyName("axeOSVersion")]
    public string AxeOsVersion { get; } = Release;

    /// <summary>GH/s that credited shares of the last <c>Shares:RateWindow</c> prove.</summary>
    public required double HashRate { get; init; }

    /// <summary>GH/s that it says itself; null where it does not.</summary>
    public required double? ExpectedHashrate { get; init; }

    /// <summary>Difficulty of its best share of all time.</summary>
    public required double BestDiff { get; init; }

    /// <summary>Difficulty of the best share of this day, UTC; null of one board.</summary>
    public double? BestSessionDiff { get; init; }

    /// <summary>Difficulty of the shares that are asked for; null where there are several.</summary>
    public double? PoolDifficulty { get; init; }

    /// <summary>Difficulty of the block that is worked on; null while there is no work.</summary>
    public double? NetworkDifficulty { get; init; }

    /// <summary>Height of that block.</summary>
    public int? BlockHeight { get; init; }

    /// <summary>1 where a block of its own was taken.</summary>
    public required int BlockFound { get; init; }

    /// <summary>Shares that were credited.</summary>
    public long SharesAccepted { get; init; }

    /// <summary>Shares that were not.</summary>
    public long SharesRejected { get; init; }

    /// <summary>Why not.</summary>
    public IReadOnlyList<AxeOsRejection> SharesRejectedReasons { get; init; } = [];

    /// <summary>Seconds since it started; null where it does not say.</summary>
    public required long? UptimeSeconds { get; init; }

    /// <summary>1 while work comes from another upstream than the preferred one.</summary>
    public int IsUsingFallbackStratum { get; init; }

    /// <summary>Milliseconds that the pool's last answer took; null where there is none.</summary>
    public double? ResponseTime { get; init; }

    /// <summary>What it says of its temperature, °C.</summary>
    public double? Temp { get; init; }

    /// <summary>Strength of its radio signal, dBm.</summary>
    [JsonPropertyName("wifiRSSI")]
    public long? WifiRssi { get; init; }

    /// <summary>Whether it is here: <c>Connected!</c>, which is AxeOS's word, or <c>Disconnected</c>.</summary>
    public required string WifiStatus { get; init; }

    /// <summary>Octets of memory that are free.</summary>
    public long? FreeHeap { get; init; }

    /// <summary>Why it last started.</summary>
    public string? ResetReason { get; init; }

    /// <summary>Watts: not measured.</summary>
    public double? Power { get; }

    /// <summary>Millivolts at the input: not measured.</summary>
    public double? Voltage { get; }

    /// <summary>Milliamperes: not measured.</summary>
    public double? Current { get; }

    /// <summary>Millivolts at the core: not measured.</summary>
    public double? CoreVoltageActual { get; }

    /// <summary>Megahertz: boards do not say.</summary>
    public double? Frequency { get; }

    /// <summary>°C of a voltage regulator: there is none.</summary>
    public double? VrTemp { get; }

    /// <summary>Percent: there is no fan.</summary>
    public double? Fanspeed { get; }

    /// <summary>Revolutions a minute: there is no fan.</summary>
    public double? Fanrpm { get; }
}
