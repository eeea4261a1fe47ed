namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>A test against bcoin. Where that is not installed it is skipped and says what to do; in CI (environment
/// <c>CI=true</c>) it runs all the same, installs it, and fails if it cannot.</summary>
internal sealed class BcoinFactAttribute : FactAttribute
{
    public BcoinFactAttribute()
    {
        if (!File.Exists(BcoinNode.Program) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "missing: bcoin; run 'npm ci' in tests/Gateway/Upstreams/bcoin";
        }
    }
}
