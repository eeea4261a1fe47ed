namespace MicroFirmware.Serial.Tests;

/// <summary>A test that needs pseudo-terminals.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no pseudo-terminals." : null;
}
