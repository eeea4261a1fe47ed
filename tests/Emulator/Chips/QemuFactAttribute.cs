using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>A test that needs QEMU's user mode: skipped where it is not installed, but never in CI.</summary>
public sealed class QemuFactAttribute : FactAttribute
{
    public QemuFactAttribute(string program)
    {
        bool isCi = Environment.GetEnvironmentVariable("CI") == "true";
        if (!QemuUser.IsInstalled(program) && !isCi)
        {
            Skip = $"{program} is not installed (Debian: qemu-user-static)";
        }
    }
}
