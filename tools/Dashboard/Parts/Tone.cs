namespace MicroFirmware.Dashboard.Parts;

/// <summary>Whether something is good news. Never said by colour alone: a word stands beside it.</summary>
public enum Tone
{
    /// <summary>Neither.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Warn,

    /// <summary>Needs somebody.</summary>
    Bad,

    /// <summary>Something is under way.</summary>
    Busy,
}
