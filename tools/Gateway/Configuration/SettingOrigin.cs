namespace MicroFirmware.Gateway.Configuration;

/// <summary>Where a setting's value comes from, in rising precedence: the last one that has it counts.</summary>
public enum SettingOrigin
{
    /// <summary>Nobody set it.</summary>
    Default,

    /// <summary><c>appsettings.json</c> in the folder the gateway was started in.</summary>
    File,

    /// <summary><c>settings.json</c> in the data directory: what was set on the settings page.</summary>
    Page,

    /// <summary>An environment variable that starts with <c>MICRO_</c>.</summary>
    Environment,

    /// <summary>The command line.</summary>
    CommandLine,
}
