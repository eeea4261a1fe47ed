using System.Text.Json;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.HomeAssistant;

/// <summary>
/// What the gateway says of a board, beside what the board says of itself: what its shares have proven.
/// </summary>
internal static class ProvenReport
{
    /// <summary>The last word of the topic.</summary>
    public const string Word = "proven";

    /// <summary>Where it is published, retained.</summary>
    public static string TopicOf(string device) => $"{Topics.Prefix}{device}/{Word}";

    /// <summary>The report as JSON.</summary>
    public static byte[] ToJson(DeviceReport report) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        hash_rate = Math.Round(report.ProvenHashesPerSecond),
        accepted = report.Accepted,
        stale = report.Stale,
        invalid = report.Invalid,
        work = report.Work,
        best_difficulty = report.BestDifficulty,
        rates_agree = report.RatesAgree,
    });
}
