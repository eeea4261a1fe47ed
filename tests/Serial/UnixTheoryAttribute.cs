namespace MicroFirmware.Serial.Tests;

/// <summary>A theory that needs Unix' device files.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no device files." : null;
}
