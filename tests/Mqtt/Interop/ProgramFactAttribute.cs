namespace MicroFirmware.Mqtt.Tests.Interop;

/// <summary>
/// A test that needs programs from outside. Where one is missing it is skipped and says so; in CI (environment
/// <c>CI=true</c>) it runs all the same, and fails.
/// </summary>
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        string[] missing = [.. programs.Where(p => OutsideProgram.Find(p) is null)];
        if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"missing: {string.Join(", ", missing)}";
        }
    }
}
