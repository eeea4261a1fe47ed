namespace MicroFirmware.Dashboard.Settings;

/// <summary>What was typed.</summary>
public sealed class SettingForm
{
    /// <summary>The value as it would be written in a file.</summary>
    public string? Value { get; set; }
}
