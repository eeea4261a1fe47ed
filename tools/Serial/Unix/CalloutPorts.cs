namespace MicroFirmware.Serial.Unix;

/// <summary>
/// macOS' list of ports: the call-out devices in <c>/dev</c>. The system keeps USB ids elsewhere, but the driver names
/// the device after what it found.
/// </summary>
internal static class CalloutPorts
{
    private const string Prefix = "cu.";

    private static readonly (string Start, string? UsbId)[] s_drivers =
    [
        ("cu.SLAB_USBtoUART", "10C4:EA60"),
        ("cu.wchusbserial", "1A86:7523"),
        ("cu.usbmodem", "303A:1001"),
        ("cu.usbserial", null),
    ];

    /// <summary>Every call-out device that a USB driver made.</summary>
    /// <param name="deviceFolder">Normally <c>/dev</c>.</param>
    public static IEnumerable<SerialPortInfo> Read(string deviceFolder)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(deviceFolder, Prefix + "*"))
        {
            string name = Path.GetFileName(path);
            foreach ((string start, string? usbId) in s_drivers)
            {
                if (name.StartsWith(start, StringComparison.Ordinal))
                {
                    yield return new SerialPortInfo(path, usbId);
                    break;
                }
            }
        }
    }
}
