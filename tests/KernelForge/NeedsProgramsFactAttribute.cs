namespace MicroFirmware.KernelForge.Tests;

/// <summary>
/// A fact that needs programs outside .NET: skipped where one is missing, except in CI, which installs them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsProgramsFactAttribute : FactAttribute
{
    public NeedsProgramsFactAttribute(params string[] programs)
    {
        var missing = programs.Where(program => !Outside.IsInstalled(program)).ToArray();
        var isCi = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        if (missing.Length > 0 && !isCi)
        {
            Skip = $"not installed: {string.Join(", ", missing)}";
        }
    }
}
