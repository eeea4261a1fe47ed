namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>A test against real nodes. Where their programs are missing it is skipped and names them; in CI
/// (environment <c>CI=true</c>) it runs all the same, and fails.</summary>
internal sealed class RigFactAttribute : FactAttribute
{
    public RigFactAttribute()
    {
        if (!IsWanted)
        {
            Skip = $"missing: {string.Join(", ", Missing())}";
        }
    }

    public static bool IsWanted => Environment.GetEnvironmentVariable("CI") == "true" || !Missing().Any();

    private static IEnumerable<string> Missing()
    {
        if (!File.Exists(ElectrumDaemon.Program))
        {
            yield return "electrum (apt-get install electrum)";
        }

        if (!File.Exists(BcoinChain.Program))
        {
            yield return "bcoin (npm ci in tests/Gateway/Upstreams/bcoin)";
        }
    }
}
