namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>A test in a real browser. Where one is missing it is skipped and names it; in CI (environment
/// <c>CI=true</c>) it runs all the same, and fails.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Needs.Missing;
}
