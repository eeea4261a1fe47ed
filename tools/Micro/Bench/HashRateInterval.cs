using System.Text.Json.Serialization;

namespace MicroFirmware.Micro.Bench;

/// <summary>A modelled hash rate over the timing grid, in kH/s.</summary>
/// <param name="Low">At the slowest point of the grid.</param>
/// <param name="Mid">At the chip's default timing.</param>
/// <param name="High">At the fastest point of the grid.</param>
internal sealed record HashRateInterval(
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("mid")] double Mid,
    [property: JsonPropertyName("high")] double High)
{
    /// <summary>Two streams that run side by side.</summary>
    public static HashRateInterval operator +(HashRateInterval left, HashRateInterval right) =>
        new(left.Low + right.Low, left.Mid + right.Mid, left.High + right.High);
}
