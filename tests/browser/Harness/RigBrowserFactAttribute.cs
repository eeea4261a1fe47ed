using MicroFirmware.Lightning.Tests.Rig;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>A test in a real browser that pays by a real Lightning node; see <see cref="BrowserFactAttribute"/>.
/// </summary>
internal sealed class RigBrowserFactAttribute : FactAttribute
{
    public RigBrowserFactAttribute() => Skip = Needs.Missing ?? new RigFactAttribute().Skip;
}
