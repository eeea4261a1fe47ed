namespace MicroFirmware.Gateway.Configuration;

/// <summary>One setting as its owner sees it.</summary>
/// <param name="Key">Its name everywhere: <c>Shares:Interval</c>.</param>
/// <param name="Property">The property of the options that it is, as documentation names it:
/// <c>MicroFirmware.Gateway.Configuration.ShareOptions.Interval</c>.</param>
/// <param name="Kind">What is written: <c>text</c>, <c>number</c>, <c>duration</c> or <c>yes or no</c>.</param>
/// <param name="Value">What counts now, as it would be written; empty for nothing. Of a secret only whether it is
/// there, of an address that may hold one its scheme and host.</param>
/// <param name="Default">What would count if nobody had set it.</param>
/// <param name="Next">What counts from the next start on, where that is something else; null otherwise.</param>
/// <param name="IsSecret">It is never shown as it is.</param>
/// <param name="RestartWhy">Why a change waits for the next start, as the end of a sentence; null where it counts at
/// once.</param>
/// <param name="Origin">Where the value comes from.</param>
public sealed record Setting(
    string Key,
    string Property,
    string Kind,
    string Value,
    string Default,
    string? Next,
    bool IsSecret,
    string? RestartWhy,
    SettingOrigin Origin)
{
    /// <summary>A change counts without a restart.</summary>
    public bool IsAtOnce => RestartWhy is null;

    /// <summary>Its first part: what it belongs to.</summary>
    public string Section => Key[..Key.IndexOf(':')];
}
