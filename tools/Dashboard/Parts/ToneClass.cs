namespace MicroFirmware.Dashboard.Parts;

/// <summary>A tone as the style sheet names it.</summary>
internal static class ToneClass
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        Tone.Busy => "busy",
        _ => "plain",
    };
}
