namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>Programs of other people that the tests here need.</summary>
internal static class Needs
{
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>The repository: the nearest folder above the tests that has the solution.</summary>
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Axe { get; } =
        Path.Combine(Root, "tests", "browser", "axe", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Why a test is skipped; null where it runs.</summary>
    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable("CI") == "true" ? null
        : !File.Exists(Chromium) ? "missing: chromium (apt-get install chromium)"
        : !File.Exists(Axe) ? "missing: axe-core (npm ci in tests/browser/axe)"
        : null;

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln"))
            ? folder.FullName
            : FindRoot(folder.Parent ?? throw new DirectoryNotFoundException("no MicroFirmware.sln above the tests"));
}
