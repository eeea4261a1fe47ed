using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>An upstream's state in a word.</summary>
internal static class UpstreamWords
{
    /// <summary>What people call it: the chain inside the gateway is for practice.</summary>
    public static string Name(UpstreamReport report) =>
        report.Name == EmbeddedChain.ChainName ? "practice chain" : report.Name;

    public static string State(UpstreamReport report) => report switch
    {
        { Leaving: true, Active: true } => "in use until another works",
        { Leaving: true } => "leaving",
        { Active: true, Healthy: true } => "in use",
        { Healthy: true } => "ready",
        { Problem: null } => "connecting…",
        { Active: true } => "no work",
        _ => "not there",
    };

    public static Tone Tone(UpstreamReport report) => report switch
    {
        { Leaving: true, Active: true } => Parts.Tone.Warn,
        { Leaving: true } => Parts.Tone.Plain,
        { Active: true, Healthy: true } => Parts.Tone.Good,
        { Healthy: true } => Parts.Tone.Plain,
        { Problem: null, Active: false } => Parts.Tone.Busy,
        { Active: true } => Parts.Tone.Bad,
        _ => Parts.Tone.Warn,
    };
}
