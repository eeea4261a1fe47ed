using MicroFirmware.Serial.Unix;
using MicroFirmware.Serial.Windows;

namespace MicroFirmware.Serial;

/// <summary>The ports of this machine to which a board may be connected.</summary>
public static class SerialPortList
{
    /// <summary>The ports, by name; none where the system has no list of them.</summary>
    public static IReadOnlyList<SerialPortInfo> Read()
    {
        IEnumerable<SerialPortInfo> ports =
            OperatingSystem.IsWindows() ? RegistryPorts.Read()
            : OperatingSystem.IsMacOS() ? CalloutPorts.Read("/dev")
            : SysfsPorts.Read("/sys/class/tty", "/dev");
        return [.. ports.OrderBy(port => port.Name, StringComparer.Ordinal)];
    }
}
