namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>A test against bcoin. Where Node.js is missing it is skipped and says so; in CI (environment
/// <c>CI=true</c>) it runs all the same, and fails.</summary>
internal sealed class BcoinFactAttribute : FactAttribute
{
    public BcoinFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        bool there = folders.Any(folder => File.Exists(Path.Combine(folder, "node")));
        if (!there && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "missing: node and npm (Debian: nodejs, npm)";
        }
    }
}
