namespace MicroFirmware.Dashboard.Access;

/// <summary>Where a page may lead on to: this site, whatever an address says.</summary>
internal static class LocalPath
{
    /// <summary>The path if it is one of this site, or else the overview.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";
}
