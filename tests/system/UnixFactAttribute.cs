namespace MicroFirmware.System.Tests;

/// <summary>A test that needs a pseudo-terminal.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no pseudo-terminals." : null;
}
