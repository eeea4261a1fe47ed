using System.Text.Json.Serialization;

namespace MicroFirmware.Micro.Bench;

/// <summary>One line of <c>micro bench</c>. The member names are part of the interface: scripts read them.</summary>
internal sealed record BenchRow
{
    /// <summary>Id of the chip; <c>any</c> for the managed scanner.</summary>
    [JsonPropertyName("chip")]
    public required string Chip { get; init; }

    /// <summary>
    /// <c>baseline</c>, <c>engine</c>, <c>software</c>, <c>interleaved</c>, <c>exact</c>, <c>device</c> (all cores
    /// together), or <c>managed</c>.
    /// </summary>
    [JsonPropertyName("kernel")]
    public required string Kernel { get; init; }

    /// <summary>Instructions per nonce; of the managed scanner: IL instructions.</summary>
    [JsonPropertyName("instructions")]
    public required double Instructions { get; init; }

    /// <summary>SHA engine register reads and writes per nonce.</summary>
    [JsonPropertyName("accesses")]
    public required double Accesses { get; init; }

    /// <summary>CPU cycles per nonce at default timing; <c>device</c>: of the clock, both cores running.</summary>
    [JsonPropertyName("cycles")]
    public required double Cycles { get; init; }

    /// <summary>Punished accesses over the whole grid; <c>exact</c>: wherever the ladder would choose it.</summary>
    [JsonPropertyName("hazards")]
    public required long Hazards { get; init; }

    /// <summary>Modelled rate, kH/s; <c>managed</c>: the estimate for an ESP32.</summary>
    [JsonPropertyName("khs")]
    public required HashRateInterval Khs { get; init; }

    /// <summary>
    /// Default rate as a share of what engine or bus allow a hardware stream at most; null for software. A software
    /// stream in the idle slots comes on top: the share may exceed 1.
    /// </summary>
    [JsonPropertyName("ceiling")]
    public double? Ceiling { get; init; }

    /// <summary>Rate of the best public firmware on the whole device, kH/s; null where none is known.</summary>
    [JsonPropertyName("published")]
    public double? Published { get; init; }
}
