using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Win32;

namespace MicroFirmware.Serial.Windows;

/// <summary>
/// Windows' list of ports: those that are there now, and the USB devices that were ever given their names.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class RegistryPorts
{
    private const string PresentKey = @"HARDWARE\DEVICEMAP\SERIALCOMM";
    private const string UsbKey = @"SYSTEM\CurrentControlSet\Enum\USB";

    /// <summary>Every port that is there.</summary>
    public static IEnumerable<SerialPortInfo> Read()
    {
        using RegistryKey? present = Registry.LocalMachine.OpenSubKey(PresentKey);
        string[] names = [.. (present?.GetValueNames() ?? []).Select(name => present!.GetValue(name)).OfType<string>()];
        Dictionary<string, SerialPortInfo> usb = ReadUsb();
        return names.Select(name => usb.GetValueOrDefault(name) ?? new SerialPortInfo(name));
    }

    private static Dictionary<string, SerialPortInfo> ReadUsb()
    {
        var ports = new Dictionary<string, SerialPortInfo>(StringComparer.OrdinalIgnoreCase);
        using RegistryKey? usb = Registry.LocalMachine.OpenSubKey(UsbKey);
        foreach (string device in usb?.GetSubKeyNames() ?? [])
        {
            Match id = UsbId().Match(device);
            using RegistryKey? instances = id.Success ? usb!.OpenSubKey(device) : null;
            foreach (string instance in instances?.GetSubKeyNames() ?? [])
            {
                using RegistryKey? parameters = instances!.OpenSubKey(instance + @"\Device Parameters");
                if (parameters?.GetValue("PortName") is string port)
                {
                    using RegistryKey? named = instances.OpenSubKey(instance);
                    string usbId = $"{id.Groups[1]}:{id.Groups[2]}".ToUpperInvariant();
                    ports[port] = new SerialPortInfo(port, usbId, named?.GetValue("FriendlyName") as string);
                }
            }
        }

        return ports;
    }

    [GeneratedRegex("^VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", RegexOptions.IgnoreCase)]
    private static partial Regex UsbId();
}
