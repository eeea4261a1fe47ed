namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>A theory in a real browser; see <see cref="BrowserFactAttribute"/>.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Needs.Missing;
}
