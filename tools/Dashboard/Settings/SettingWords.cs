using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Dashboard.Settings;

/// <summary>Sections and origins in words.</summary>
internal static class SettingWords
{
    /// <summary>Where a value comes from.</summary>
    public static string From(SettingOrigin origin) => origin switch
    {
        SettingOrigin.File => "from appsettings.json",
        SettingOrigin.Page => "set here",
        SettingOrigin.Environment => "from the environment; change it there",
        SettingOrigin.CommandLine => "from the command line; change it there",
        _ => "",
    };
}
