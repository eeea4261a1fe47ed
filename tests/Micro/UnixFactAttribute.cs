namespace MicroFirmware.Micro.Tests;

/// <summary>A test that needs pseudo-terminals or a shell.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has neither ptys nor sh." : null;
}
